/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What an entry of a directory turns out to be once the policy for links has been applied.
 *
 * @param attributes of the file or directory that it leads to
 * @param real where that is
 * @param way whether a link leads there
 */
record LocalEntry(Attributes attributes, Path real, Way way) {
  /** How the entry leads to it. */
  enum Way {
    DIRECT,
    LINK
  }

  static BasicFileAttributes following(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class);
  }

  static BasicFileAttributes notFollowing(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Looks at an entry without opening it.
   *
   * @param at its location, for messages
   * @param root the open directory that no link may leave
   * @throws NoSuchFileException when the entry itself, not what it links to, is gone
   */
  static LocalEntry of(Location at, LocalDirectory directory, Path name, LocalDirectory root)
      throws IOException {
    Path real = directory.path().resolve(name);
    BasicFileAttributes found = directory.attributes(name);
    if (!found.isSymbolicLink()) {
      return new LocalEntry(attributes("list", at, found), real, Way.DIRECT);
    }
    Path end = endOf(at, real);
    if (!end.startsWith(root.path())) {
      String why = "it links to " + Printable.of(end.toString()) + ", outside the directory";
      throw LocalFailures.of(FailureKind.UNSUPPORTED, "list", at, why, null);
    }
    return new LocalEntry(attributes("list", at, behind(end, root)), end, Way.LINK);
  }

  /** What a link led to, asked for through no link. */
  private static BasicFileAttributes behind(Path end, LocalDirectory root) throws IOException {
    Path relative = root.path().relativize(end);
    Path parent = relative.getParent();
    Path name = relative.getFileName();
    if (end.equals(root.path()) || name == null) {
      return notFollowing(end);
    }
    if (parent == null) {
      return root.attributes(name);
    }
    try (LocalHandle above = root.handle().descend(parent)) {
      return above.attributes(name);
    }
  }

  private static Path endOf(Location at, Path link) throws IOException {
    try {
      return link.toRealPath();
    } catch (NoSuchFileException broken) {
      throw LocalFailures.of(FailureKind.UNSUPPORTED, "list", at, "it links to nothing", broken);
    } catch (AccessDeniedException denied) {
      throw LocalFailures.ofRead("list", at, link, denied);
    } catch (IOException loop) {
      throw LocalFailures.of(
          FailureKind.UNSUPPORTED, "list", at, "its link leads nowhere or in a loop", loop);
    }
  }

  /** A link as an entry of its own. What it says has a length that is no file's. */
  static Attributes ofLink(BasicFileAttributes link) {
    return new Attributes(
        Attributes.Kind.FILE,
        Attributes.UNKNOWN_LENGTH,
        link.lastModifiedTime().toInstant(),
        null,
        null,
        idOf(link));
  }

  static Attributes attributes(String verb, Location at, BasicFileAttributes found)
      throws TransferException {
    if (found.isOther()) {
      String why = "it is a pipe, socket or device, not a file";
      throw LocalFailures.of(FailureKind.UNSUPPORTED, verb, at, why, null);
    }
    return new Attributes(
        found.isDirectory() ? Attributes.Kind.DIRECTORY : Attributes.Kind.FILE,
        found.isDirectory() ? 0 : found.size(),
        found.lastModifiedTime().toInstant(),
        null,
        null,
        idOf(found));
  }

  /** Device and inode, or null where the system has no such thing. */
  static @Nullable String idOf(BasicFileAttributes found) {
    Object key = found.fileKey();
    return key == null ? null : key.toString();
  }

  /**
   * The name of a directory entry, provided that its bytes are text: a name that is not would come
   * back from any store as another one (B28).
   */
  static String literalName(Location directory, Path entry) throws TransferException {
    Path name = entry.getFileName();
    String text = name.toString();
    try {
      if (name.getFileSystem().getPath(text).equals(name)) {
        return text;
      }
    } catch (InvalidPathException unencodable) {
      // falls through: the name has no text on this system
    }
    throw LocalFailures.of(
        FailureKind.UNSUPPORTED,
        "list",
        directory,
        "the name of an entry is not valid UTF-8 (hex " + hex(entry) + ")",
        null);
  }

  /** The bytes of a name. Only the URI of a path shows them. */
  private static String hex(Path entry) {
    String encoded = entry.toUri().getRawPath().replaceAll("/$", "");
    String name = encoded.substring(encoded.lastIndexOf('/') + 1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int at = 0; at < name.length(); at++) {
      if (name.charAt(at) == '%') {
        bytes.write(HexFormat.fromHexDigits(name, at + 1, at + 3));
        at += 2;
      } else {
        bytes.write(name.charAt(at));
      }
    }
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
