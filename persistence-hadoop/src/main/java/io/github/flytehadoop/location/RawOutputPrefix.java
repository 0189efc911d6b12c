/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.Problem;
import java.io.File;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where raw output goes: a location that ends with a separator, below which new names are made.
 * Nothing is created here.
 *
 * <p>Shape: a separator is added when none is there, and {@code s3://b/p//} stays; a relative local
 * path becomes absolute, for the working directory of a reader is another.
 *
 * <p>Source: FAP-CT-6 to FAP-CT-9; fixes W-8 and W-9.
 *
 * @param location with a canonical scheme and a trailing separator
 */
public record RawOutputPrefix(Location location) {
  /** Adds the separator, and makes a local path absolute. */
  public RawOutputPrefix {
    location = absolute(Objects.requireNonNull(location, "rawOutputPrefix")).asDirectory();
  }

  /**
   * Reads a prefix.
   *
   * @throws IllegalArgumentException when it is blank, where flytekit would write to the root of
   *     the file system (W-8); when it is a template that nobody filled in; when it is {@code
   *     file://} on Windows (FAP-CT-9); when {@link Location#parse} refuses it
   */
  public static RawOutputPrefix parse(String text) {
    Objects.requireNonNull(text, "rawOutputPrefix");
    String problem = problemOf(text, File.separatorChar);
    if (problem != null) {
      throw Problem.cannot("use '" + Printable.unchecked(text) + "' as raw output prefix")
          .because(problem)
          .argument();
    }
    return new RawOutputPrefix(Location.parse(text));
  }

  /** A local directory as prefix. Source: W-9. */
  public static RawOutputPrefix of(Path directory) {
    return parse(Objects.requireNonNull(directory, "rawOutputPrefix").toAbsolutePath().toString());
  }

  static @Nullable String problemOf(String text, char localSeparator) {
    if (text.isBlank()) {
      return "It is empty. Give a URI such as s3://bucket/prefix or a local directory";
    }
    if (text.startsWith("{{")) {
      return "It is a template that was not filled in. Pass the value of {{.rawOutputDataPrefix}}";
    }
    if (localSeparator == '\\' && text.regionMatches(true, 0, StoreKind.FILE.prefix(), 0, 7)) {
      return "file:// is not read on Windows. Write the path without it";
    }
    return null;
  }

  private static Location absolute(Location given) {
    if (!given.isLocal()) {
      return given;
    }
    return given.text().equals(given.key())
        ? Location.parse(LocalPath.absolute(given.key()))
        : given.qualified();
  }

  /** The prefix as text, ending with a separator. Source: FAP-P-1. */
  public String text() {
    return location.text();
  }

  /**
   * A path below the prefix, or below the same prefix in another bucket.
   *
   * <p>Source: FAP-GP-1; fixes W-15.
   *
   * @param alt a bucket, an Azure container (which stays in the prefix's account), or {@code
   *     scheme://bucket} of the same kind of store; null or empty for the prefix's own
   * @param stem the path below the prefix; null or empty for the random name
   * @param randomName used when there is no stem
   * @throws IllegalArgumentException when {@code alt} is given but the prefix has no bucket, is no
   *     bucket itself, or {@code stem} could leave the prefix
   */
  public String generateNewCustomPath(
      @Nullable String alt, @Nullable String stem, String randomName) {
    Location root = alt == null || alt.isEmpty() ? location : movedTo(alt);
    String below = stem == null || stem.isEmpty() ? randomName : stem;
    return root.child(new RelativePath(below)).text();
  }

  /** A new path: prefix and random name. Source: FAP-RR-1. */
  public String randomRemotePath(String randomName) {
    return location.child(new RelativePath(randomName)).text();
  }

  /**
   * A new path with the last segment of a file name: a directory's trailing separator stays, and an
   * empty name adds nothing.
   *
   * <p>Source: FAP-RR-1, FAP-FT-1.
   *
   * @throws IllegalArgumentException when the last segment could leave the prefix
   */
  public String randomRemotePath(String randomName, String fileName) {
    Location own = location.child(new RelativePath(randomName));
    String tail = PathSyntax.fileTail(fileName);
    if (tail.isEmpty()) {
      return fileName.isEmpty() ? own.text() : own.asDirectory().text();
    }
    return own.child(new RelativePath(tail)).text();
  }

  /** A new directory's path; nothing is created, and it has no trailing separator. FAP-RR-2. */
  public String randomRemoteDirectory(String randomName) {
    return randomRemotePath(randomName);
  }

  private Location movedTo(String alt) {
    String scheme = location.scheme();
    if (!Scheme.hasBuckets(scheme)) {
      throw refused(
          alt, "It has no bucket to replace. Leave alt out, or use a prefix on s3, gs or abfs");
    }
    Location target = Location.parse(alt.contains("://") ? alt : scheme + "://" + alt);
    if (!Scheme.sameStore(target.scheme(), scheme)) {
      throw refused(alt, "It is on another kind of store. Name a bucket of " + scheme);
    }
    if (!target.key().isEmpty()) {
      throw refused(alt, "alt is more than a bucket. Put the path into stem");
    }
    String authority = target.authority();
    int account = location.authority().indexOf('@');
    if (account >= 0 && authority.indexOf('@') < 0) {
      authority += location.authority().substring(account);
    }
    int own = scheme.length() + 3 + location.authority().length();
    return Location.parse(target.scheme() + "://" + authority + text().substring(own));
  }

  private IllegalArgumentException refused(String alt, String whyAndWhat) {
    return Problem.cannot(
            "make a path in '" + Printable.unchecked(alt) + "' from the raw output prefix", text())
        .because(whyAndWhat)
        .argument();
  }

  /** The same as {@link #text()}. */
  @Override
  public String toString() {
    return text();
  }
}
