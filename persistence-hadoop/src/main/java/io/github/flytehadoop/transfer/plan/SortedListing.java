/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.ListingEntry;
import io.github.flytehadoop.transfer.spill.ExternalSorter;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A directory as it was listed, in the order of {@link PathOrder}, every path once. */
public final class SortedListing {
  private final Location root;
  private final Iterator<ListingEntry> entries;
  private final long hidden;
  private @Nullable ListingEntry ahead;

  SortedListing(Location root, ExternalSorter<ListingEntry> sorter, long hidden)
      throws IOException {
    this.hidden = hidden;
    this.root = root;
    this.entries = sorter.sorted();
    this.ahead = entries.hasNext() ? entries.next() : null;
  }

  /** Entries that the listing did not show, because they are named like files on their way. */
  long hidden() {
    return hidden;
  }

  /** The next entry, or null behind the last. */
  @Nullable ListingEntry peek() {
    return ahead;
  }

  ListingEntry next() throws TransferException {
    ListingEntry entry = ahead;
    if (entry == null) {
      throw new NoSuchElementException();
    }
    ahead = entries.hasNext() ? entries.next() : null;
    if (ahead != null && ahead.path().equals(entry.path())) {
      throw inconsistent(entry);
    }
    return entry;
  }

  private TransferException inconsistent(ListingEntry entry) {
    String uri = root.child(entry.path()).text();
    return Problem.cannot("list", root.text())
        .at(uri)
        .because("it names " + Printable.of(uri) + " twice")
        .remedy("Rename one of them, or leave one out.")
        .kind(FailureKind.CONFLICT)
        .exception();
  }
}
