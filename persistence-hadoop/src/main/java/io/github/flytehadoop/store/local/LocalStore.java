/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.Durability;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.FileMode;
import io.github.flytehadoop.store.Leftover;
import io.github.flytehadoop.store.ListOptions;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.ModeStore;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.ParallelWrite;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local disk, through java.nio alone: Hadoop's local file system leaves checksum files beside
 * the data and refuses data whose checksum file another tool did not update.
 *
 * <p>A file is written under a short reserved name beside its target and published by one step of
 * the file system, so that readers see the old file or the new one, whole. Replacing is {@code
 * rename(2)}; refusing to replace is {@code link(2)}, because a rename always replaces and looking
 * first would leave a gap. Both are atomic on ext4, XFS, Btrfs and tmpfs; a file system without
 * hard links cannot refuse and says so. Whether a file is forced to the disk before it counts as
 * written is a setting, {@code fs.flyte.durability}: it costs a wait for the disk, twice a file.
 *
 * <p>Below a listed directory, a link is followed when it leads to a place inside that directory.
 * One that leads out, to nothing, or back to a directory above it cannot be transferred, and
 * neither can what is no file and no directory. A location that is itself a link is followed to
 * read, and is deleted as a link. What a listing found is opened relative to its open directory and
 * only when it is the same file still; below the root of a target no link is followed (F62, F63).
 */
public final class LocalStore implements ModeStore {
  private static final Logger LOG = LoggerFactory.getLogger(LocalStore.class);

  private static final StoreTraits TRAITS =
      new StoreTraits(
          StoreTraits.Tree.DIRECTORIES,
          StoreTraits.Metadata.NONE,
          StoreTraits.ParallelWrites.POSITIONED,
          StoreTraits.Checksums.NONE);

  private final LocalStagedFile.Opener opener;
  private final Durability durability;
  private final LocalHandles handles = new LocalHandles();

  /** The disks of this machine. */
  public LocalStore() {
    this(LocalStagedFile.Opener.PLAIN);
  }

  /** With another way to open the files that are written, so that tests can make them fail. */
  public LocalStore(LocalStagedFile.Opener opener) {
    this(opener, Durability.BUFFERED);
  }

  /** A store whose files are opened in another way, for tests of faults. */
  public LocalStore(LocalStagedFile.Opener opener, Durability durability) {
    this.opener = opener;
    this.durability = durability;
  }

  @Override
  public StoreTraits traits() {
    return TRAITS;
  }

  @Override
  public Attributes stat(Location at) throws IOException {
    Path path = path(at);
    try {
      return LocalEntry.attributes("look up", at, LocalEntry.following(path));
    } catch (IOException failure) {
      throw LocalFailures.ofRead("look up", at, path, failure);
    }
  }

  @Override
  public Listing children(Location directory) throws IOException {
    return children(directory, ListOptions.STRICT);
  }

  @Override
  public Listing children(Location directory, ListOptions options) throws IOException {
    return LocalListing.children(directory, path(directory), options);
  }

  @Override
  public Listing tree(Location directory) throws IOException {
    return tree(directory, ListOptions.STRICT);
  }

  @Override
  public Listing tree(Location directory, ListOptions options) throws IOException {
    return LocalListing.tree(directory, path(directory), options);
  }

  @Override
  public InputStream open(Location at, Attributes attributes, ByteRange range) throws IOException {
    Path path = path(at);
    try {
      return LocalRead.open(at, path, attributes, range, handles);
    } catch (IOException failure) {
      throw LocalFailures.ofRead("read", at, path, failure);
    }
  }

  @Override
  public long writeBufferBytes(long lengthBytes, Sending sending) {
    return 0;
  }

  @Override
  public ObjectWrite write(Location at, WriteOptions options) throws IOException {
    return new LocalWrite(target(at, options));
  }

  @Override
  public ParallelWrite writeParallel(Location at, WriteOptions options) throws IOException {
    return new LocalParallelWrite(target(at, options), options.lengthBytes());
  }

  private LocalStagedFile target(Location at, WriteOptions options) throws IOException {
    ReservedNames.refuseAsTarget(at);
    if (at.endsWithSeparator()) {
      throw LocalFailures.of(
          FailureKind.UNSUPPORTED, "write", at, "it names a directory, not a file", null);
    }
    Location root = options.root();
    Path below = root == null ? null : path(root).toAbsolutePath();
    return LocalStagedFile.open(
        at, path(at), new LocalStagedFile.Publishing(options, below, durability, opener), handles);
  }

  @Override
  public void makeDirectory(Location directory) throws IOException {
    Path path = path(directory);
    try {
      Files.createDirectories(path);
    } catch (IOException failure) {
      throw LocalFailures.ofWrite("make the directory", directory, path, failure);
    }
  }

  @Override
  public void makeDirectory(Location directory, Location root) throws IOException {
    Path path = path(directory);
    try (LocalHandle made = LocalPlace.opened(path(root).toAbsolutePath(), path.toAbsolutePath())) {
      LOG.trace("{} is there", made.path());
    } catch (IOException failure) {
      throw LocalFailures.ofWrite("make the directory", directory, path, failure);
    }
  }

  @Override
  public boolean keepsModes() {
    return LocalModes.KEPT;
  }

  @Override
  public FileMode modeOf(Location at) throws IOException {
    return LocalModes.of(at, path(at));
  }

  @Override
  public void setMode(Location directory, Location root, FileMode mode) throws IOException {
    LocalModes.set(directory, path(directory), path(root), mode);
  }

  @Override
  public Map<String, String> metadata(Location at) throws IOException {
    stat(at);
    return Map.of();
  }

  @Override
  public @Nullable Checksum checksum(Location at, Attributes attributes) {
    return null;
  }

  @Override
  public void delete(Location at, Attributes attributes) throws IOException {
    Path path = path(at);
    try {
      LocalTreeDelete.delete(at, path, attributes);
    } catch (IOException failure) {
      throw LocalFailures.ofRead("delete", at, path, failure);
    }
  }

  @Override
  public void deleteFiles(Location directory, Iterator<RelativePath> files) throws IOException {
    Path path = path(directory);
    try {
      LocalTreeDelete.deleteFiles(directory, path, files);
    } catch (IOException failure) {
      throw LocalFailures.ofRead("delete files of", directory, path, failure);
    }
  }

  @Override
  public List<Leftover> leftovers(Location at, Attributes.Kind kind, String tag)
      throws IOException {
    Path path = path(at).toAbsolutePath();
    Path parent = path.getParent();
    try {
      return kind == Attributes.Kind.DIRECTORY || parent == null
          ? LocalLeftovers.find(path, Integer.MAX_VALUE, tag)
          : LocalLeftovers.find(parent, 1, tag);
    } catch (IOException failure) {
      throw LocalFailures.ofRead("list", at, path, failure);
    }
  }

  @Override
  public void discard(Leftover leftover) throws IOException {
    try {
      Files.deleteIfExists(Path.of(leftover.at()));
    } catch (IOException failure) {
      Location at = Location.parse(leftover.at());
      throw LocalFailures.ofRead("delete", at, Path.of(leftover.at()), failure);
    }
  }

  private static Path path(Location at) throws TransferException {
    if (!at.isLocal()) {
      throw Problem.cannot("use", at.text()).because("it is not on the local disk").argument();
    }
    try {
      return Path.of(at.key());
    } catch (InvalidPathException unencodable) {
      String why = "this system cannot encode its name (is LANG set to C.UTF-8?)";
      throw LocalFailures.of(FailureKind.UNSUPPORTED, "use", at, why, unencodable);
    }
  }
}
