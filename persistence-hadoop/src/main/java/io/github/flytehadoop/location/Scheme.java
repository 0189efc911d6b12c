/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The canonical spelling of a scheme. Aliases are accepted and canonical schemes are handed out,
 * because flytekit gives an alias such as {@code s3a} no configuration (fixes W-5).
 */
public final class Scheme {
  /** The scheme of local paths, written or not. */
  public static final String FILE = StoreKind.FILE.scheme();

  private static final Pattern GIVEN =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9+.-]*)(?:://|::[A-Za-z0-9+.-]+://).*", Pattern.DOTALL);
  private static final Pattern LOCAL = Pattern.compile("(?i:file|local):.*", Pattern.DOTALL);
  private static final List<String> KNOWN =
      Arrays.stream(StoreKind.values()).map(StoreKind::scheme).toList();

  private Scheme() {}

  /** The canonical form of a scheme in any case: {@code S3A} becomes {@code s3}. */
  public static String canonical(String scheme) {
    String lower = scheme.toLowerCase(Locale.ROOT);
    StoreKind kind = StoreKind.of(lower);
    return kind == null ? lower : kind.scheme();
  }

  /**
   * The canonical scheme that a path names, {@code file} when it names none; of a chain such as
   * {@code simplecache::s3://b} the first. It checks nothing: {@link Location#parse} does.
   *
   * <p>Source: FAP-C5; the case of the scheme does not matter (fixes W-13).
   */
  public static String of(String path) {
    Matcher given = GIVEN.matcher(Objects.requireNonNull(path, "path"));
    return given.matches() ? canonical(given.group(1)) : FILE;
  }

  /**
   * Whether a path is not local. {@code file:} and {@code local:} are local in any case, and so is
   * what names no scheme, {@code s3:/b} among it.
   *
   * <p>Source: FAP-R-1, FAP-R-2; fixes W-13.
   */
  public static boolean isRemote(String path) {
    return !of(path).equals(FILE);
  }

  /**
   * What separates the segments of a path: the machine's separator for local paths and when there
   * is no scheme, {@code /} otherwise.
   *
   * <p>Source: FAP-SEP-1.
   */
  public static String separator(@Nullable String scheme) {
    return scheme == null || canonical(scheme).equals(FILE) ? File.separator : "/";
  }

  /** The canonical schemes that a message can offer; a Hadoop configuration may add its own. */
  public static List<String> known() {
    return KNOWN;
  }

  /** Whether the path says {@code file:} or {@code local:} itself, with or without slashes. */
  static boolean isWrittenLocal(String path) {
    return LOCAL.matcher(path).matches();
  }

  /** Whether {@code scheme:} is one of ours in any spelling, though the two slashes may be gone. */
  static boolean isKnown(String scheme) {
    return KNOWN.contains(canonical(scheme));
  }

  /** Whether the authority is a bucket or container, so that another can take its place. */
  public static boolean hasBuckets(String canonical) {
    StoreKind kind = StoreKind.of(canonical);
    return kind != null && kind.hasBuckets();
  }

  /** Whether a location is nothing without bucket, container or host. */
  public static boolean needsAuthority(String canonical) {
    StoreKind kind = StoreKind.of(canonical);
    return kind != null && kind.needsAuthority();
  }

  /** Whether two canonical schemes are one kind of store: the TLS form of ABFS is still ABFS. */
  public static boolean sameStore(String one, String other) {
    return one.equals(other)
        || (StoreKind.familyOf(one) == StoreKind.Family.AZURE
            && StoreKind.familyOf(other) == StoreKind.Family.AZURE);
  }
}
