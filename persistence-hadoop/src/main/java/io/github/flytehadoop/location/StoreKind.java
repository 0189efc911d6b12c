/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stores that this library serves itself: one row each, with what a scheme says about them. No
 * other class spells a scheme.
 */
public enum StoreKind {
  S3("s3", Family.S3, Naming.BUCKET, -1, "s3a", "s3n"),
  GCS("gs", Family.GCS, Naming.BUCKET, -1, "gcs"),
  ABFS("abfs", Family.AZURE, Naming.BUCKET, -1, "az", "wasb"),
  /** With TLS. */
  ABFSS("abfss", Family.AZURE, Naming.BUCKET, -1, "wasbs"),
  HDFS("hdfs", Family.HDFS, Naming.OPTIONAL, 8020),
  WEBHDFS("webhdfs", Family.HDFS, Naming.HOST, 9870),
  /** With TLS. */
  SWEBHDFS("swebhdfs", Family.HDFS, Naming.HOST, 9871),
  VIEWFS("viewfs", Family.HDFS, Naming.OPTIONAL, -1),
  FILE("file", Family.LOCAL, Naming.OPTIONAL, -1, "local"),
  HTTP("http", Family.WEB, Naming.HOST, 80),
  /** With TLS. */
  HTTPS("https", Family.WEB, Naming.HOST, 443),
  FTP("ftp", Family.FTP, Naming.HOST, 21),
  SFTP("sftp", Family.FTP, Naming.HOST, 22);

  /** Stores that have one client and one way of naming. */
  public enum Family {
    S3,
    GCS,
    AZURE,
    /** A Hadoop cluster: its users log in by Kerberos, its jobs need tokens, it has a trash. */
    HDFS,
    LOCAL,
    WEB,
    FTP,
    /** A store of others, or an unknown scheme. */
    OTHER
  }

  /** What stands between {@code ://} and the key. */
  private enum Naming {
    BUCKET,
    HOST,
    OPTIONAL
  }

  private static final Map<String, StoreKind> BY_SCHEME = new HashMap<>();

  static {
    for (StoreKind kind : values()) {
      BY_SCHEME.put(kind.scheme, kind);
      kind.aliases.forEach(alias -> BY_SCHEME.put(alias, kind));
    }
  }

  private final String scheme;
  private final Family family;
  private final Naming naming;
  private final int port;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> aliases;

  StoreKind(String scheme, Family family, Naming naming, int port, String... aliases) {
    this.scheme = scheme;
    this.family = family;
    this.naming = naming;
    this.port = port;
    this.aliases = List.of(aliases);
  }

  /** The kind that a scheme names, canonical or an alias, in any case; null for all others. */
  public static @Nullable StoreKind of(@Nullable String scheme) {
    return scheme == null ? null : BY_SCHEME.get(scheme.toLowerCase(Locale.ROOT));
  }

  /** The family of a scheme, canonical or an alias. */
  public static Family familyOf(@Nullable String scheme) {
    StoreKind kind = of(scheme);
    return kind == null ? Family.OTHER : kind.family;
  }

  /** The canonical scheme. */
  public String scheme() {
    return scheme;
  }

  /** The canonical scheme with {@code ://}. */
  public String prefix() {
    return scheme + "://";
  }

  /** The other spellings that are read. */
  public List<String> aliases() {
    return aliases;
  }

  /** The stores that it is one of. */
  public Family family() {
    return family;
  }

  /** The port that a location without one means; negative where none is connected to. */
  public int port() {
    return port;
  }

  /** Whether the authority is a bucket or container, so that another can take its place. */
  public boolean hasBuckets() {
    return naming == Naming.BUCKET;
  }

  /** Whether a location is nothing without bucket, container or host. */
  public boolean needsAuthority() {
    return naming != Naming.OPTIONAL;
  }

  /** Whether a user may stand before the host; elsewhere it would be an access key. */
  public boolean allowsUser() {
    return family != Family.S3 && family != Family.GCS && family != Family.WEB;
  }

  /** Whether a directory can be there without a file in it. */
  public static boolean hasDirectories(@Nullable String scheme) {
    Family family = familyOf(scheme);
    return family != Family.S3 && family != Family.GCS;
  }
}
