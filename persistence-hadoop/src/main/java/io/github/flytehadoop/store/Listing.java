/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Entries as the store hands them out: lazy, in no promised order, to be closed. An error ends the
 * listing; an incomplete listing is never taken for a complete one.
 */
public interface Listing extends Closeable {
  /**
   * Whether another entry follows; may ask the store for the next page.
   *
   * @throws io.github.flytehadoop.error.TransferException when the next page cannot be fetched
   */
  boolean hasNext() throws IOException;

  /**
   * The next entry.
   *
   * @throws io.github.flytehadoop.error.TransferException when the next page cannot be fetched
   * @throws java.util.NoSuchElementException after the last entry
   */
  ListingEntry next() throws IOException;

  /**
   * How many entries so far were left out because they are named like files on their way and notes
   * of runs; see {@link ReservedNames#isName}.
   */
  default long hidden() {
    return 0;
  }

  @Override
  void close();

  /**
   * A listing of entries that are there already, without those that are named like files on their
   * way and notes of runs; closing it does nothing.
   */
  static Listing of(Iterable<ListingEntry> entries) {
    List<ListingEntry> shown = new ArrayList<>();
    long all = 0;
    for (ListingEntry entry : entries) {
      all++;
      if (!ReservedNames.isBelow(entry.path().value())) {
        shown.add(entry);
      }
    }
    Iterator<ListingEntry> iterator = shown.iterator();
    long left = all - shown.size();
    return new Listing() {
      @Override
      public boolean hasNext() {
        return iterator.hasNext();
      }

      @Override
      public ListingEntry next() {
        return iterator.next();
      }

      @Override
      public long hidden() {
        return left;
      }

      @Override
      public void close() {}
    };
  }
}
