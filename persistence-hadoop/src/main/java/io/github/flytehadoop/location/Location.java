/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an object, file or directory is. It is not a {@link java.net.URI}: keys are literal, so
 * {@code %}, {@code #}, {@code ?} and blanks mean themselves and nothing is ever decoded.
 *
 * <p>Shape: {@code scheme://authority/key}, or a local path with or without {@code file:}. The key
 * has no leading separator; a trailing one is kept and tells a directory. The string is kept as the
 * caller wrote it, except that an alias of a scheme becomes canonical.
 *
 * <p>Source: FAP-C5, FAP-SH-1; fixes W-5 and W-13.
 */
public final class Location {
  private static final Pattern REMOTE =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/]*)(.*)", Pattern.DOTALL);
  private static final Pattern LOCAL =
      Pattern.compile("(?i:file|local):(?://)?(.*)", Pattern.DOTALL);
  private static final Pattern SINGLE_SLASH =
      Pattern.compile(
          "(?i:s3|s3a|s3n|gs|gcs|abfss?|az|wasbs?|hdfs|webhdfs|https?|ftp|sftp):/?[^/].*",
          Pattern.DOTALL);

  private final String text;
  private final String scheme;
  private final String authority;
  private final String key;

  private Location(String text, String scheme, String authority, String key) {
    this.text = text;
    this.scheme = scheme;
    this.authority = authority;
    this.key = key;
  }

  /**
   * Reads a location.
   *
   * @throws IllegalArgumentException when it is blank, holds a NUL, a password, a chain such as
   *     {@code simplecache::s3://}, or has no bucket where one is needed; the message never repeats
   *     a password
   */
  public static Location parse(String text) {
    Objects.requireNonNull(text, "location");
    refuse(
        text.isBlank(), "an empty location", "Give a URI such as s3://bucket/key or a local path");
    refuse(text.indexOf('\0') >= 0, "a location with a NUL character", "Remove it");
    Matcher local = LOCAL.matcher(text);
    if (local.matches()) {
      refuse(
          local.group(1).isEmpty(),
          text,
          "No path follows the scheme. Write file:///absolute/path");
      return new Location(localText(text), Scheme.FILE, "", local.group(1));
    }
    Matcher remote = REMOTE.matcher(text);
    if (!remote.matches()) {
      refuse(
          text.matches("(?s)[A-Za-z0-9]+::[A-Za-z0-9]+://.*"),
          text,
          "Chained locations are not read. Name the store itself");
      refuse(
          SINGLE_SLASH.matcher(text).matches(),
          text,
          "Two slashes belong after the scheme, as in s3://bucket/key");
      return new Location(text, Scheme.FILE, "", text);
    }
    return remote(remote.group(1), remote.group(2), remote.group(3));
  }

  private static String localText(String text) {
    return text.regionMatches(true, 0, "local:", 0, 6)
        ? "file:" + text.substring(6)
        : text.regionMatches(0, "file", 0, 4) ? text : "file" + text.substring(4);
  }

  private static Location remote(String givenScheme, String authority, String rest) {
    String scheme = Scheme.canonical(givenScheme);
    int at = authority.indexOf('@');
    refuse(
        at >= 0 && authority.substring(0, at).indexOf(':') >= 0,
        scheme + "://***@" + authority.substring(at + 1),
        "Credentials do not belong into a location. Put them into DataConfig");
    refuse(
        authority.isEmpty() && needsAuthority(scheme),
        scheme + "://" + rest,
        "It names no bucket, container or host. Write " + scheme + "://bucket/key");
    String key = rest.startsWith("/") ? rest.substring(1) : rest;
    return new Location(scheme + "://" + authority + rest, scheme, authority, key);
  }

  private static boolean needsAuthority(String scheme) {
    return switch (scheme) {
      case Scheme.S3,
          "gs",
          "abfs",
          "abfss",
          "http",
          "https",
          "ftp",
          "sftp",
          "webhdfs",
          "swebhdfs" ->
          true;
      default -> false;
    };
  }

  private static void refuse(boolean wrong, String what, String advice) {
    if (wrong) {
      throw new IllegalArgumentException("Cannot use " + what + " as a location: " + advice + ".");
    }
  }

  /** The string as the caller wrote it, with a canonical scheme. */
  public String text() {
    return text;
  }

  /** The canonical scheme; {@code file} for local paths. */
  public String scheme() {
    return scheme;
  }

  /** Bucket, {@code container@account}, or {@code host:port}; empty for local paths. */
  public String authority() {
    return authority;
  }

  /** The literal key without a leading separator; for local paths, the path as written. */
  public String key() {
    return key;
  }

  /** Whether this is a local path. */
  public boolean isLocal() {
    return scheme.equals(Scheme.FILE);
  }

  /** Whether the caller marked this as a directory by a trailing separator, or named a root. */
  public boolean endsWithSeparator() {
    return text.endsWith("/") || key.isEmpty();
  }

  /** The last segment of the key; empty when it ends with a separator. */
  public String name() {
    return key.substring(key.lastIndexOf('/') + 1);
  }

  /** The location of a path below this one: this string, one separator, the literal path. */
  public Location child(RelativePath path) {
    String separator = text.endsWith("/") ? "" : "/";
    String below = key.isEmpty() || key.endsWith("/") ? key : key + "/";
    return new Location(text + separator + path.value(), scheme, authority, below + path.value());
  }

  /** Whether both name a place in one bucket, container or cluster. */
  public boolean sharesStoreWith(Location other) {
    return scheme.equals(other.scheme) && authority.equals(other.authority);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Location that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The same as {@link #text()}. */
  @Override
  public String toString() {
    return text;
  }
}
