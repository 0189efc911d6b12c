/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.Problem;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Joins a base and its tails, of one file system. Tails are literal, as keys are; only the
 * separators between them are ours.
 */
public final class PathJoin {
  private static final Pattern ROOT = Pattern.compile("(?:[A-Za-z0-9+.-]+:/*)?/");

  private PathJoin() {}

  /**
   * Base, separator, tail, separator, tail.
   *
   * <p>Shape: the base loses one trailing separator, so a doubled one that the caller put there
   * stays; a tail loses the separators at its ends, so none is ever doubled by joining; the last
   * tail keeps its trailing one, and an empty last tail leaves one. The scheme becomes canonical.
   * With {@link PathForm#WITH_PROTOCOL} a base without scheme gets that of the file system: {@code
   * bucket} becomes {@code s3://bucket}, a relative local path becomes absolute.
   *
   * <p>Source: FAP-J-1 to FAP-J-4. Where flytekit only warns this refuses (fixes W-14): the base of
   * another store, and a base without scheme for a remote one, because the result would be read as
   * a local path.
   *
   * @param scheme the file system's scheme, or an alias of it
   * @param separator what the file system separates segments by
   * @throws IllegalArgumentException when the base does not belong to the file system or is no
   *     location, or when a tail has a {@code ..} segment
   */
  public static String join(
      String scheme, String separator, PathForm form, String base, String... tails) {
    Objects.requireNonNull(form, "form");
    String expected = Scheme.canonical(Objects.requireNonNull(scheme, "scheme"));
    String rooted = rooted(expected, form, Objects.requireNonNull(base, "base"));
    StringBuilder joined = new StringBuilder(withoutSeparator(rooted, separator, tails.length));
    for (int i = 0; i < tails.length; i++) {
      boolean last = i == tails.length - 1;
      String part = trimmed(contained(tails[i], separator, base), separator, last);
      if (last || !part.isEmpty()) {
        joined.append(separator).append(part);
      }
    }
    Location location = Location.parse(joined.toString());
    return form == PathForm.WITH_PROTOCOL ? location.qualified().text() : location.text();
  }

  /** The base, with a scheme when it needs one and may have it. */
  private static String rooted(String expected, PathForm form, String base) {
    if (base.isBlank()) {
      throw refused(base, "It is empty. Give the directory or prefix to join to");
    }
    String actual = Scheme.of(base);
    boolean plain = actual.equals(Scheme.FILE) && !Scheme.isWrittenLocal(base);
    if (Scheme.sameStore(actual, expected)) {
      return base;
    }
    if (!plain) {
      throw refused(
          base,
          "Its scheme is "
              + actual
              + " but the file system's is "
              + expected
              + ". Use the file system of the base");
    }
    if (form == PathForm.AS_GIVEN) {
      throw refused(
          base, "It names no scheme, which means a local path. Write " + expected + "://...");
    }
    if (base.startsWith("/") == Scheme.needsAuthority(expected)) {
      throw refused(
          base,
          Scheme.needsAuthority(expected)
              ? "A path that starts with a separator names no bucket. Begin with the bucket"
              : "A relative path has no place there. Begin with a separator");
    }
    return expected + "://" + base;
  }

  private static String withoutSeparator(String base, String separator, int tails) {
    boolean stays = tails == 0 && ROOT.matcher(base).matches();
    return base.endsWith(separator) && !stays
        ? base.substring(0, base.length() - separator.length())
        : base;
  }

  private static String contained(String tail, String separator, String base) {
    Objects.requireNonNull(tail, "tail");
    for (String segment : tail.replace(separator, "/").split("/", -1)) {
      if (segment.equals("..")) {
        throw refused(
            base, "The tail " + Printable.of(tail) + " would leave it. Remove the segment ..");
      }
    }
    return tail;
  }

  private static String trimmed(String tail, String separator, boolean last) {
    String part = tail;
    while (part.startsWith(separator)) {
      part = part.substring(separator.length());
    }
    while (!last && part.endsWith(separator)) {
      part = part.substring(0, part.length() - separator.length());
    }
    return part;
  }

  private static IllegalArgumentException refused(String base, String whyAndWhat) {
    return Problem.cannot("join to '" + Printable.unchecked(base) + "'")
        .because(whyAndWhat)
        .argument();
  }
}
