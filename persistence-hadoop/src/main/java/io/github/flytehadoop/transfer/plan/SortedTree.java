/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Listed;
import io.github.flytehadoop.transfer.spill.Sorter;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A directory as it was listed, in the order of {@link PathOrder}, every path once. */
public final class SortedTree {
  private final Location root;
  private final Iterator<Listed> entries;
  private final long leftOut;
  private @Nullable Listed ahead;

  SortedTree(Location root, Sorter<Listed> sorter, long leftOut) throws IOException {
    this.leftOut = leftOut;
    this.root = root;
    this.entries = sorter.sorted();
    this.ahead = entries.hasNext() ? entries.next() : null;
  }

  /** Entries that the listing did not show, because they are named like files on their way. */
  long leftOut() {
    return leftOut;
  }

  /** The next entry, or null behind the last. */
  @Nullable Listed peek() {
    return ahead;
  }

  Listed next() throws TransferException {
    Listed entry = ahead;
    if (entry == null) {
      throw new NoSuchElementException();
    }
    ahead = entries.hasNext() ? entries.next() : null;
    if (ahead != null && ahead.path().equals(entry.path())) {
      throw inconsistent(entry);
    }
    return entry;
  }

  private TransferException inconsistent(Listed entry) {
    String uri = root.child(entry.path()).text();
    return new TransferException(
        FailureKind.CONFLICT,
        uri,
        "Cannot list "
            + Printable.of(root.text())
            + ": it names "
            + Printable.of(uri)
            + " twice. Rename one of them, or leave one out.",
        null);
  }
}
