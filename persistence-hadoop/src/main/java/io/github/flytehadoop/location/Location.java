/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.Problem;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
  private static final Pattern CHAIN = Pattern.compile("[^/:]+::[^/]*://.*", Pattern.DOTALL);
  private static final Pattern NO_SCHEME = Pattern.compile("[^/]*://.*", Pattern.DOTALL);
  private static final Pattern SLASH_MISSING =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*", Pattern.DOTALL);

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
   * Reads a location. A scheme that nobody knows is read too: whether a file system exists for it
   * is not decided here.
   *
   * @throws IllegalArgumentException when it is blank, holds a control character, a password or
   *     access key, a chain such as {@code simplecache::s3://}, no bucket where one is needed, or a
   *     {@code ..} segment (a local path may begin with them); the message never repeats a password
   */
  public static Location parse(String text) {
    Objects.requireNonNull(text, "location");
    refuse(
        text.isBlank() ? "It is empty. Give a URI such as s3://bucket/key or a local path" : null,
        text);
    String characters = Characters.problemOf(text);
    refuse(characters == null ? null : "It " + characters + ". Rename it", text);
    Matcher local = LOCAL.matcher(text);
    if (local.matches()) {
      return local(localText(text), local.group(1));
    }
    Matcher remote = REMOTE.matcher(text);
    if (remote.matches()) {
      return remote(remote.group(1), remote.group(2), remote.group(3));
    }
    refuse(problemOfPlain(text), text);
    return local(text, text);
  }

  private static Location local(String text, String path) {
    refuse(path.isEmpty() ? "No path follows the scheme. Write file:///absolute/path" : null, text);
    refuse(
        LocalPath.climbsBack(path)
            ? "A segment .. follows a directory. Write the path that is meant"
            : null,
        text);
    return new Location(text, Scheme.FILE, "", path);
  }

  private static String localText(String text) {
    return Scheme.FILE + text.substring(text.indexOf(':'));
  }

  private static @Nullable String problemOfPlain(String text) {
    if (CHAIN.matcher(text).matches()) {
      return "Chained locations are not read. Name the store itself";
    }
    if (NO_SCHEME.matcher(text).matches()) {
      return "What precedes :// is no scheme. Write s3://bucket/key, or ./ before a local path";
    }
    Matcher slash = SLASH_MISSING.matcher(text);
    return slash.matches() && Scheme.isKnown(slash.group(1))
        ? "Two slashes are missing after the scheme. Write "
            + Scheme.canonical(slash.group(1))
            + "://..., or ./ before a local path"
        : null;
  }

  private static Location remote(String givenScheme, String authority, String rest) {
    String scheme = Scheme.canonical(givenScheme);
    String problem = Authority.problemOf(scheme, authority);
    refuse(problem, scheme + "://" + (authority.isEmpty() ? rest : "***"));
    String text = scheme + "://" + authority + rest;
    String key = rest.startsWith("/") ? rest.substring(1) : rest;
    for (String segment : key.split("/", -1)) {
      refuse(
          segment.equals("..") || segment.equals(".")
              ? "A store does not resolve the segment " + segment + ". Write the key that is meant"
              : null,
          text);
    }
    return new Location(text, scheme, authority, key);
  }

  private static void refuse(@Nullable String whyAndWhat, String text) {
    if (whyAndWhat != null) {
      throw Problem.cannot("use '" + Printable.unchecked(text) + "' as a location")
          .because(whyAndWhat)
          .argument();
    }
  }

  /** The string as the caller wrote it, with a canonical scheme. */
  public String text() {
    return text;
  }

  /** The bucket, container or host: scheme, {@code ://} and authority, without a slash. */
  public String root() {
    return scheme + "://" + authority;
  }

  /** Whether the location is in a store of this kind. */
  public boolean isOf(StoreKind kind) {
    return scheme.equals(kind.scheme());
  }

  /** Whether the location is in a store of this family. */
  public boolean isOf(StoreKind.Family family) {
    return family() == family;
  }

  /** The family of its store. */
  public StoreKind.Family family() {
    return StoreKind.familyOf(scheme);
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
    Location root = asDirectory();
    return new Location(root.text + path.value(), scheme, authority, root.key + path.value());
  }

  /** The same with a trailing separator: this one when it has it already. */
  public Location asDirectory() {
    boolean root = !isLocal() && text.length() == scheme.length() + 3 + authority.length();
    if (text.endsWith("/") && !root) {
      return this;
    }
    return new Location(text + "/", scheme, authority, key.isEmpty() ? "" : key + "/");
  }

  /**
   * The same, written so that it means one place wherever it is read: a local path becomes absolute
   * and gets {@code file://} before it; any other location has all of it already.
   *
   * <p>Source: FAP-J-4, B02.
   */
  public Location qualified() {
    if (!isLocal()) {
      return this;
    }
    String path = LocalPath.absolute(key);
    String root = path.startsWith("/") ? "" : "/";
    return new Location(Scheme.FILE + "://" + root + path, scheme, "", path);
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

  /** The text for people: {@link Printable}, so without the query of a web address. */
  @Override
  public String toString() {
    return Printable.of(text);
  }
}
