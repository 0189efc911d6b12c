/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Listed;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.Temporary;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
  private final Path realRoot;
  private final Reach reach;
  private final Deque<Level> levels = new ArrayDeque<>();
  private @Nullable Listed ahead;
  private long leftOut;

  private LocalListing(Location root, Path realRoot, Reach reach) {
    this.root = root;
    this.realRoot = realRoot;
    this.reach = reach;
  }

  static Listing children(Location directory, Path path) throws IOException {
    return open(directory, path, Reach.CHILDREN);
  }

  static Listing tree(Location directory, Path path) throws IOException {
    return open(directory, path, Reach.TREE);
  }

  private static Listing open(Location root, Path path, Reach reach) throws IOException {
    try {
      Path real = path.toRealPath();
      LocalListing listing = new LocalListing(root, real, reach);
      listing.levels.push(new Level(null, null, LocalDirectory.open(real, 0)));
      return listing;
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
  public Listed next() throws IOException {
    if (!hasNext() || ahead == null) {
      throw new NoSuchElementException();
    }
    Listed entry = ahead;
    ahead = null;
    return entry;
  }

  private @Nullable Listed advance(Level level) throws TransferException {
    Path entry = nextOf(level);
    if (entry == null) {
      close(levels.remove());
      return level.empty && level.relative != null && level.attributes != null
          ? new Listed(level.relative, level.attributes)
          : null;
    }
    String name = LocalEntry.literalName(locationOf(level.relative), entry);
    if (Temporary.isName(name)) {
      leftOut++;
      return null;
    }
    level.empty = false;
    RelativePath relative = relative(level, name);
    try {
      return take(relative, entry);
    } catch (NoSuchFileException goneMeanwhile) {
      return null;
    } catch (IOException failure) {
      throw LocalFailures.ofRead("list", locationOf(relative), entry, failure);
    }
  }

  private RelativePath relative(Level level, String name) throws TransferException {
    String problem = RelativePath.problemOf(name);
    if (problem != null) {
      String why = "of its entry " + Printable.of(name) + ": " + problem.replaceAll("\\.$", "");
      throw LocalFailures.of(
          FailureKind.UNSUPPORTED, "list", locationOf(level.relative), why, null);
    }
    return new RelativePath(level.relative == null ? name : level.relative + "/" + name);
  }

  private @Nullable Path nextOf(Level level) throws TransferException {
    try {
      return level.directory.next();
    } catch (IOException failure) {
      throw LocalFailures.ofRead(
          "list", locationOf(level.relative), level.directory.path(), failure);
    }
  }

  private @Nullable Listed take(RelativePath relative, Path entry) throws IOException {
    LocalEntry found = LocalEntry.of(locationOf(relative), entry, realRoot);
    if (reach == Reach.CHILDREN || !found.attributes().isDirectory()) {
      return new Listed(relative, found.attributes());
    }
    if (levels.stream().anyMatch(above -> above.directory.path().equals(found.real()))) {
      String why = "it links back to a directory above it";
      throw LocalFailures.of(FailureKind.UNSUPPORTED, "list", locationOf(relative), why, null);
    }
    LocalDirectory below = LocalDirectory.open(found.real(), levels.size());
    levels.push(new Level(relative, found.attributes(), below));
    return null;
  }

  private Location locationOf(@Nullable RelativePath relative) {
    return relative == null ? root : root.child(relative);
  }

  @Override
  public long leftOut() {
    return leftOut;
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
