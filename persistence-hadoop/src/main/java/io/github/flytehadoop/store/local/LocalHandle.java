/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import io.github.flytehadoop.store.FileMode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An open directory. Names in it are looked at, opened, renamed and deleted relative to the open
 * directory, and a name that is a link is refused, so that whoever replaces a directory on the way
 * by a link leads nobody elsewhere (F63).
 *
 * <p>Linux and macOS open directories; Java on Windows does not. There a name is used by its whole
 * path, and looked at before and after: a replacement that is undone between the two is not seen.
 */
final class LocalHandle implements Closeable {
  private static final Class<PosixFileAttributeView> POSIX = PosixFileAttributeView.class;

  private final Path path;
  private final @Nullable DirectoryStream<Path> stream;
  private final @Nullable SecureDirectoryStream<Path> secure;
  private final @Nullable Object key;

  private LocalHandle(Path path, @Nullable DirectoryStream<Path> stream) throws IOException {
    this.path = path;
    this.stream = stream;
    this.secure = stream instanceof SecureDirectoryStream<Path> opened ? opened : null;
    this.key = secure == null ? keyOf(path) : keyOf(secure);
  }

  private static @Nullable Object keyOf(SecureDirectoryStream<Path> opened) throws IOException {
    return opened.getFileAttributeView(BasicFileAttributeView.class).readAttributes().fileKey();
  }

  private static @Nullable Object keyOf(Path path) throws IOException {
    return LocalEntry.following(path).fileKey();
  }

  private static LocalHandle of(Path path, DirectoryStream<Path> stream) throws IOException {
    try {
      return new LocalHandle(path, stream);
    } catch (IOException failure) {
      stream.close();
      throw failure;
    }
  }

  /** Opens a directory that a user has named, through whatever links its path has. */
  @SuppressWarnings("StreamResourceLeak") // the stream belongs to what is returned
  static LocalHandle open(Path path) throws IOException {
    return of(path, Files.newDirectoryStream(path));
  }

  /**
   * The same for somebody who knows the names in it: a directory that may be entered but not read
   * is used by its path.
   */
  static LocalHandle openToUse(Path path) throws IOException {
    try {
      return open(path);
    } catch (AccessDeniedException unreadable) {
      return new LocalHandle(path, null);
    }
  }

  /** The same for {@link #child}. */
  LocalHandle childToUse(Path name) throws IOException {
    try {
      return child(name);
    } catch (AccessDeniedException unreadable) {
      return new LocalHandle(path.resolve(name), null);
    }
  }

  /**
   * Opens a directory in this one.
   *
   * @throws ReplacedByLinkException when the name is a link
   */
  @SuppressWarnings("StreamResourceLeak") // the stream belongs to what is returned
  LocalHandle child(Path name) throws IOException {
    Path at = path.resolve(name);
    if (secure != null) {
      try {
        return of(at, secure.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
      } catch (FileSystemException failure) {
        throw isLink(name) ? new ReplacedByLinkException(at) : failure;
      }
    }
    if (isLink(name)) {
      throw new ReplacedByLinkException(at);
    }
    LocalHandle opened = of(at, Files.newDirectoryStream(at));
    if (isLink(name)) {
      opened.close();
      throw new ReplacedByLinkException(at);
    }
    return opened;
  }

  private boolean isLink(Path name) throws IOException {
    return attributes(name).isSymbolicLink();
  }

  /** Opens a directory some levels below, through no link. */
  LocalHandle descend(Path relative) throws IOException {
    LocalHandle at = this;
    for (Path name : relative) {
      if (name.toString().isEmpty()) {
        continue;
      }
      LocalHandle above = at;
      try {
        at = above.child(name);
      } finally {
        if (above != this) {
          above.close();
        }
      }
    }
    return at;
  }

  Path path() {
    return path;
  }

  /** Device and inode, or null where the system has no such thing. */
  @Nullable Object key() {
    return key;
  }

  /** Whether the path leads to this directory still. */
  boolean isStillAt(Path real) throws IOException {
    return Objects.equals(keyOf(real), key);
  }

  /** The names, once. */
  Iterator<Path> names() {
    return stream == null ? Collections.emptyIterator() : stream.iterator();
  }

  /** What a name is; a link is a link. */
  BasicFileAttributes attributes(Path name) throws IOException {
    return secure == null
        ? LocalEntry.notFollowing(path.resolve(name))
        : secure
            .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .readAttributes();
  }

  /**
   * Opens a file, never through a link.
   *
   * @param options without the one that refuses links
   */
  SeekableByteChannel open(Path name, Set<? extends OpenOption> options) throws IOException {
    Set<OpenOption> all = new HashSet<>(options);
    all.add(LinkOption.NOFOLLOW_LINKS);
    return secure == null
        ? Files.newByteChannel(path.resolve(name), all)
        : secure.newByteChannel(name, all);
  }

  /** Creates a file as an opener does it. */
  FileChannel create(Path name, LocalStagedFile.Opener opener) throws IOException {
    return secure == null
        ? opener.create(path.resolve(name))
        : opener.createIn(secure, path.resolve(name));
  }

  /** Gives a file a mode, where the disk has modes; never through a link. */
  void setMode(Path name, FileMode mode) throws IOException {
    set(
        mode,
        secure == null
            ? Files.getFileAttributeView(path.resolve(name), POSIX, LinkOption.NOFOLLOW_LINKS)
            : secure.getFileAttributeView(name, POSIX, LinkOption.NOFOLLOW_LINKS));
  }

  /** Gives the open directory itself a mode. */
  void setMode(FileMode mode) throws IOException {
    set(
        mode,
        secure == null
            ? Files.getFileAttributeView(path, POSIX)
            : secure.getFileAttributeView(POSIX));
  }

  private static void set(FileMode mode, @Nullable PosixFileAttributeView view) throws IOException {
    if (view != null) {
      view.setPermissions(mode.permissions());
    }
  }

  /** Renames in one step, over what has the name. */
  void rename(Path from, Path to) throws IOException {
    if (secure == null) {
      Files.move(path.resolve(from), path.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    } else {
      secure.move(from, secure, to);
    }
  }

  /** Moves an entry into another open directory, over what has the name. */
  void moveInto(Path from, LocalHandle directory, Path to) throws IOException {
    if (secure == null || directory.secure == null) {
      Files.move(path.resolve(from), directory.path.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    } else {
      secure.move(from, directory.secure, to);
    }
  }

  /** Deletes a file or a link. */
  void deleteFile(Path name) throws IOException {
    if (secure == null) {
      Files.delete(path.resolve(name));
    } else {
      secure.deleteFile(name);
    }
  }

  /** Deletes an empty directory. */
  void deleteDirectory(Path name) throws IOException {
    if (secure == null) {
      Files.delete(path.resolve(name));
    } else {
      secure.deleteDirectory(name);
    }
  }

  @Override
  public void close() throws IOException {
    if (stream != null) {
      stream.close();
    }
  }
}
