/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hadoop;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Listed;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.Temporary;
import io.github.flytehadoop.store.failure.HadoopFailures;
import java.io.Closeable;
import java.io.IOException;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.util.functional.CallableRaisingIOE;
import org.jspecify.annotations.Nullable;

/**
 * A Hadoop iterator, each of whose entries is proven to lie strictly below the listed root: a store
 * may hold keys with {@code ..} segments, and Hadoop then reports paths outside it (B10).
 */
final class HadoopListing implements Listing {
  private final Location root;
  private final String below;
  private final RemoteIterator<? extends FileStatus> entries;
  private @Nullable Listed ahead;
  private long leftOut;

  private HadoopListing(
      Location root, Path rootPath, RemoteIterator<? extends FileStatus> entries) {
    this.root = root;
    String path = rootPath.toUri().getPath();
    this.below = path.endsWith("/") ? path : path + "/";
    this.entries = entries;
  }

  static Listing open(
      Location root, Path rootPath, CallableRaisingIOE<RemoteIterator<? extends FileStatus>> list)
      throws IOException {
    try {
      HadoopListing listing = new HadoopListing(root, rootPath, list.apply());
      listing.hasNext();
      return listing;
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.ofRead("list", root, failure);
    }
  }

  @Override
  public boolean hasNext() throws IOException {
    try {
      while (ahead == null && entries.hasNext()) {
        ahead = contained(entries.next());
      }
      return ahead != null;
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.ofRead("list", root, failure);
    }
  }

  private @Nullable Listed contained(FileStatus status) throws TransferException {
    String path = status.getPath().toUri().getPath();
    if (!path.startsWith(below)) {
      String why =
          path.concat("/").equals(below)
              ? "it is a file. Ask for it as one file."
              : "the store names " + Printable.of(path) + ", which is outside. Rename that key.";
      throw new TransferException(
          FailureKind.UNSUPPORTED, root.text(), "Cannot list " + root.text() + ": " + why, null);
    }
    String relative = path.substring(below.length());
    if (Temporary.isBelow(relative)) {
      leftOut++;
      return null;
    }
    return new Listed(new RelativePath(relative), HadoopStore.attributes(status));
  }

  @Override
  public Listed next() throws IOException {
    if (!hasNext() || ahead == null) {
      throw new NoSuchElementException();
    }
    Listed entry = ahead;
    ahead = null;
    return entry;
  }

  @Override
  public long leftOut() {
    return leftOut;
  }

  @Override
  public void close() {
    if (entries instanceof Closeable closeable) {
      org.apache.hadoop.io.IOUtils.closeStream(closeable);
    }
  }
}
