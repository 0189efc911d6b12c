/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.resume;

import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.transfer.CompareBy;
import io.github.flytehadoop.transfer.plan.ContentComparison;
import io.github.flytehadoop.transfer.plan.EarlierRun;
import io.github.flytehadoop.transfer.plan.PathOrder;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier run of this name published, asked for in the order of {@link PathOrder}. A file
 * counts when the journal has it, the source is the version that was copied, and the target still
 * is the version that was published. Where the store did not say which that was, digests tell, and
 * without any the time: what changed after the journal had it is somebody else's.
 */
final class CompletedFiles implements EarlierRun {
  private final Iterator<JournalEntry> entries;
  private final @Nullable Instant since;
  private final ContentComparison contents;
  private @Nullable JournalEntry ahead;

  CompletedFiles(
      Iterator<JournalEntry> entries, @Nullable Instant since, ContentComparison contents) {
    this.entries = entries;
    this.since = since;
    this.contents = contents;
    this.ahead = entries.hasNext() ? entries.next() : null;
  }

  @Override
  public boolean has(RelativePath path, ContentComparison.Side source, ContentComparison.Side there)
      throws IOException {
    boolean found = false;
    JournalEntry next = ahead;
    while (next != null && PathOrder.compare(next.path(), path.value()) <= 0) {
      found |= next.isOf(path, source.attributes()) && isStillThat(next, source, there);
      next = entries.hasNext() ? entries.next() : null;
    }
    ahead = next;
    return found;
  }

  private boolean isStillThat(
      JournalEntry published, ContentComparison.Side source, ContentComparison.Side there)
      throws IOException {
    Attributes now = there.attributes();
    if (published.bytes() != now.lengthBytes()) {
      return false;
    }
    if (published.version() != null) {
      return published.version().equals(now.version());
    }
    return switch (contents.compare(source, there, CompareBy.DIGESTS).kind()) {
      case PROVEN -> true;
      case DIFFERENT -> false;
      case ALIKE -> isRecent(now) && now.modified().toEpochMilli() <= published.notedMillis();
    };
  }

  @Override
  public boolean mayHaveLeft(ContentComparison.Side source, ContentComparison.Side there) {
    return isRecent(there.attributes())
        && source.attributes().lengthBytes() == there.attributes().lengthBytes();
  }

  private boolean isRecent(Attributes there) {
    Instant begun = since;
    return begun != null && !there.modified().isBefore(begun);
  }
}
