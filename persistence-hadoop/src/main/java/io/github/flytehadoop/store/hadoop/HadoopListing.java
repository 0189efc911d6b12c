/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hadoop;

import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.ListOptions;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.ListingEntry;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.UnsupportedEntry;
import io.github.flytehadoop.store.failure.HadoopFailures;
import java.io.Closeable;
import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.Objects;
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
  private final ListOptions options;
  private final RemoteIterator<? extends FileStatus> entries;
  private @Nullable ListingEntry ahead;
  private long hidden;

  private HadoopListing(
      Location root,
      Path rootPath,
      ListOptions options,
      RemoteIterator<? extends FileStatus> entries) {
    this.root = root;
    this.options = options;
    String path = rootPath.toUri().getPath();
    this.below = path.endsWith("/") ? path : path + "/";
    this.entries = entries;
  }

  static Listing open(
      Location root,
      Path rootPath,
      ListOptions options,
      CallableRaisingIOE<RemoteIterator<? extends FileStatus>> list)
      throws IOException {
    HadoopListing listing = null;
    try {
      listing = new HadoopListing(root, rootPath, options, list.apply());
      listing.hasNext();
      return listing;
    } catch (IOException | RuntimeException failure) {
      if (listing != null) {
        listing.close();
      }
      throw HadoopFailures.ofRead("list", root, failure);
    }
  }

  @Override
  public boolean hasNext() throws IOException {
    try {
      while (ahead == null && entries.hasNext()) {
        ahead = entry(entries.next());
      }
      return ahead != null;
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.ofRead("list", root, failure);
    }
  }

  private @Nullable ListingEntry entry(FileStatus status) throws IOException {
    if (status instanceof UnsupportedStatus unsupported && unsupported.denied() == null) {
      return leftOut(unsupported.below(), unsupported.why());
    }
    String path = status.getPath().toUri().getPath();
    if (path.concat("/").equals(below)) {
      throw refused("it is a file", "Ask for it as one file.");
    }
    if (!path.startsWith(below)) {
      return leftOut(path, "the store names " + Printable.of(path) + ", which is outside");
    }
    String relative = path.substring(below.length());
    if (ReservedNames.isBelow(relative)) {
      hidden++;
      return null;
    }
    String problem = RelativePath.problemOf(relative);
    if (problem != null) {
      String why = problem.replaceAll("\\.$", "");
      return leftOut(relative, "of its entry " + Printable.of(relative) + ": " + why);
    }
    RelativePath below = new RelativePath(relative);
    return status instanceof UnsupportedStatus denied
        ? denied(below, denied)
        : new ListingEntry(below, HadoopStore.attributes(status));
  }

  private @Nullable ListingEntry denied(RelativePath directory, UnsupportedStatus status)
      throws IOException {
    TransferException failure =
        HadoopFailures.of(
            "list", root.child(directory), Objects.requireNonNull(status.denied(), "refusal"));
    options
        .unsupported()
        .found(new UnsupportedEntry(directory.value(), UnsupportedEntry.Extent.SUBTREE, failure));
    return null;
  }

  private @Nullable ListingEntry leftOut(String path, String why) throws IOException {
    TransferException failure = refused(why, "Rename that key, or leave it out.");
    options.unsupported().found(new UnsupportedEntry(path, UnsupportedEntry.Extent.ENTRY, failure));
    return null;
  }

  private TransferException refused(String why, String remedy) {
    return Problem.cannot("list", root.text()).because(why).remedy(remedy).exception();
  }

  @Override
  public ListingEntry next() throws IOException {
    if (!hasNext() || ahead == null) {
      throw new NoSuchElementException();
    }
    ListingEntry entry = ahead;
    ahead = null;
    return entry;
  }

  @Override
  public long hidden() {
    return hidden;
  }

  @Override
  public void close() {
    if (entries instanceof Closeable closeable) {
      org.apache.hadoop.io.IOUtils.closeStream(closeable);
    }
  }
}
