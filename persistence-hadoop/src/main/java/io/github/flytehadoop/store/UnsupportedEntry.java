/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.error.TransferException;
import java.io.IOException;
import java.util.Objects;

/**
 * An entry that a listing finds and that nobody can transfer: a pipe, a broken link, a directory
 * that may not be read, a key that no path can name.
 *
 * @param path below the listed directory as the store names it, so it need not be a relative path
 * @param extent whether more may lie below it
 * @param failure what a listing fails with when nobody takes the entry
 */
public record UnsupportedEntry(String path, Extent extent, TransferException failure) {
  /** What the entry stands for. */
  public enum Extent {
    /** The entry alone. */
    ENTRY,
    /** A directory, and everything in it. */
    SUBTREE
  }

  /** Hears of each such entry; it throws, and the listing fails, or returns, and it goes on. */
  public interface Handler {
    /** Fails the listing at the first such entry. */
    Handler FAIL =
        entry -> {
          throw entry.failure();
        };

    /** Takes an entry that the listing leaves out. */
    void found(UnsupportedEntry entry) throws IOException;
  }

  /** Refuses null. */
  public UnsupportedEntry {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(extent, "extent");
    Objects.requireNonNull(failure, "failure");
  }
}
