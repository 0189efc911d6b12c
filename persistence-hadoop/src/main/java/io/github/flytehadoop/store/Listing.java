/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;

/**
 * Entries as the store hands them out: lazy, in no promised order, to be closed. An error ends the
 * listing; an incomplete listing is never taken for a complete one.
 */
public interface Listing extends Closeable {
  /** Whether another entry follows; may ask the store for the next page. */
  boolean hasNext() throws IOException;

  /** The next entry. */
  Listed next() throws IOException;

  /**
   * How many entries so far were left out because they are named like files on their way and notes
   * of runs; see {@link Temporary#isName}.
   */
  default long leftOut() {
    return 0;
  }

  @Override
  void close();

  /** A listing of entries that are there already; closing it does nothing. */
  static Listing of(Iterable<Listed> entries) {
    Iterator<Listed> iterator = entries.iterator();
    return new Listing() {
      @Override
      public boolean hasNext() {
        return iterator.hasNext();
      }

      @Override
      public Listed next() {
        return iterator.next();
      }

      @Override
      public void close() {}
    };
  }
}
