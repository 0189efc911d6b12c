/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ListOptions;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.ListingEntry;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.UnsupportedEntry;
import io.github.flytehadoop.store.UnsupportedEntry.Extent;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A walk that keeps its own stack, so that depth costs no thread stack. Each level knows its real
 * path: a link to a directory that is already on the stack is a loop.
 */
final class LocalListing implements Listing {
  private static final Logger LOG = LoggerFactory.getLogger(LocalListing.class);

  private enum Reach {
    CHILDREN,
    TREE
  }

  private static final class Level {
    final @Nullable RelativePath relative;
    final @Nullable Attributes attributes;
    final LocalDirectory directory;
    boolean empty = true;

    Level(
        @Nullable RelativePath relative,
        @Nullable Attributes attributes,
        LocalDirectory directory) {
      this.relative = relative;
      this.attributes = attributes;
      this.directory = directory;
    }
  }

  private final Location root;
  private final LocalDirectory top;
  private final Reach reach;
  private final ListOptions options;
  private final Deque<Level> levels = new ArrayDeque<>();
  private @Nullable ListingEntry ahead;
  private long hidden;

  private LocalListing(Location root, LocalDirectory top, Reach reach, ListOptions options) {
    this.root = root;
    this.top = top;
    this.reach = reach;
    this.options = options;
    levels.push(new Level(null, null, top));
  }

  static Listing children(Location directory, Path path, ListOptions options) throws IOException {
    return open(directory, path, Reach.CHILDREN, options);
  }

  static Listing tree(Location directory, Path path, ListOptions options) throws IOException {
    return open(directory, path, Reach.TREE, options);
  }

  private static Listing open(Location root, Path path, Reach reach, ListOptions options)
      throws IOException {
    try {
      return new LocalListing(root, LocalDirectory.open(path.toRealPath()), reach, options);
    } catch (IOException failure) {
      throw LocalFailures.ofRead("list", root, path, failure);
    }
  }

  @Override
  public boolean hasNext() throws IOException {
    while (ahead == null && !levels.isEmpty()) {
      ahead = advance(levels.element());
    }
    return ahead != null;
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

  private @Nullable ListingEntry advance(Level level) throws IOException {
    Path name = nextOf(level);
    if (name == null) {
      close(levels.remove());
      return level.empty && level.relative != null && level.attributes != null
          ? new ListingEntry(level.relative, level.attributes)
          : null;
    }
    if (ReservedNames.isName(name.toString())) {
      hidden++;
      return null;
    }
    level.empty = false;
    RelativePath relative;
    try {
      relative = relative(level, name);
    } catch (TransferException noPath) {
      return leftOut(below(level, Printable.of(name.toString())), Extent.ENTRY, noPath);
    }
    return take(level, relative, name);
  }

  private static String below(Level level, String name) {
    return level.relative == null ? name : level.relative + "/" + name;
  }

  private @Nullable ListingEntry leftOut(String path, Extent extent, TransferException failure)
      throws IOException {
    options.unsupported().found(new UnsupportedEntry(path, extent, failure));
    return null;
  }

  private RelativePath relative(Level level, Path entry) throws TransferException {
    Location directory = locationOf(level.relative);
    String name = LocalEntry.literalName(directory, level.directory.path().resolve(entry));
    String problem = RelativePath.problemOf(name);
    if (problem != null) {
      String why = "of its entry " + Printable.of(name) + ": " + problem.replaceAll("\\.$", "");
      throw LocalFailures.of(FailureKind.UNSUPPORTED, "list", directory, why, null);
    }
    return new RelativePath(below(level, name));
  }

  private @Nullable Path nextOf(Level level) throws TransferException {
    try {
      return level.directory.next();
    } catch (IOException failure) {
      throw LocalFailures.ofRead(
          "list", locationOf(level.relative), level.directory.path(), failure);
    }
  }

  private @Nullable ListingEntry take(Level level, RelativePath relative, Path name)
      throws IOException {
    Location at = locationOf(relative);
    Path path = level.directory.path().resolve(name);
    try {
      return look(level, relative, name);
    } catch (NoSuchFileException goneMeanwhile) {
      return null;
    } catch (AccessDeniedException denied) {
      return leftOut(
          relative.value(), Extent.SUBTREE, LocalFailures.ofRead("list", at, path, denied));
    } catch (TransferException unsupported) {
      return leftOut(relative.value(), Extent.ENTRY, unsupported);
    } catch (IOException failure) {
      throw LocalFailures.ofRead("list", at, path, failure);
    }
  }

  private @Nullable ListingEntry look(Level level, RelativePath relative, Path name)
      throws IOException {
    if (options.links() == ListOptions.Links.ENTRIES) {
      BasicFileAttributes found = level.directory.attributes(name);
      if (found.isSymbolicLink()) {
        return new ListingEntry(relative, LocalEntry.ofLink(found));
      }
    }
    LocalEntry entry = LocalEntry.of(locationOf(relative), level.directory, name, top);
    if (reach == Reach.CHILDREN || !entry.attributes().isDirectory()) {
      return new ListingEntry(relative, entry.attributes());
    }
    if (levels.stream().anyMatch(above -> above.directory.path().equals(entry.real()))) {
      String why = "it links back to a directory above it";
      throw LocalFailures.of(FailureKind.UNSUPPORTED, "list", locationOf(relative), why, null);
    }
    levels.push(new Level(relative, entry.attributes(), open(level, name, entry)));
    return null;
  }

  private LocalDirectory open(Level level, Path name, LocalEntry entry) throws IOException {
    if (entry.way() == LocalEntry.Way.DIRECT) {
      return level.directory.child(name);
    }
    LocalDirectory linked = top.below(top.path().relativize(entry.real()), levels.size());
    level.directory.suspend();
    return linked;
  }

  private Location locationOf(@Nullable RelativePath relative) {
    return relative == null ? root : root.child(relative);
  }

  @Override
  public long hidden() {
    return hidden;
  }

  @Override
  public void close() {
    while (!levels.isEmpty()) {
      close(levels.remove());
    }
    ahead = null;
  }

  private static void close(Level level) {
    try {
      level.directory.close();
    } catch (IOException failure) {
      LOG.debug("Closing a listing of {} failed", level.directory.path(), failure);
    }
  }
}
