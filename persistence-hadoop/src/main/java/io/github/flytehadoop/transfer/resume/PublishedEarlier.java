/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.resume;

import io.github.flytehadoop.store.Listed;
import io.github.flytehadoop.transfer.plan.EarlierRun;
import io.github.flytehadoop.transfer.plan.PathOrder;
import java.time.Instant;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier run of this name published, asked for in the order of {@link PathOrder}. A file
 * counts when the journal has it, the source is the version that was copied, and the target has it
 * in this length since that run began.
 */
final class PublishedEarlier implements EarlierRun {
  private final Iterator<JournalEntry> entries;
  private final @Nullable Instant since;
  private @Nullable JournalEntry ahead;

  PublishedEarlier(Iterator<JournalEntry> entries, @Nullable Instant since) {
    this.entries = entries;
    this.since = since;
    this.ahead = entries.hasNext() ? entries.next() : null;
  }

  @Override
  public boolean has(Listed source, Listed there) {
    boolean found = false;
    JournalEntry next = ahead;
    while (next != null && PathOrder.compare(next.path(), source.path().value()) <= 0) {
      found |= next.isOf(source) && next.bytes() == there.attributes().lengthBytes();
      next = entries.hasNext() ? entries.next() : null;
    }
    ahead = next;
    return found && isRecent(there);
  }

  @Override
  public boolean mayHaveLeft(Listed source, Listed there) {
    return isRecent(there) && source.attributes().lengthBytes() == there.attributes().lengthBytes();
  }

  private boolean isRecent(Listed there) {
    Instant begun = since;
    return begun != null && !there.attributes().modified().isBefore(begun);
  }
}
