/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import io.github.flytehadoop.hadoop.overlay.OwnKey;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Decides which client serves a bucket: one of ours, or Hadoop's file system. */
public final class S3Clients {
  /** A Hadoop key: {@code native}, or {@code hadoop} for Hadoop's own file systems alone. */
  public static final String CLIENT = OwnKey.CLIENT.key();

  private static final String CLIENT_FACTORY = "fs.s3a.s3.client.factory.impl";
  private static final String S3A_FACTORY = "org.apache.hadoop.fs.s3a.DefaultS3ClientFactory";
  private static final String IMPLEMENTATION = S3Key.S3_IMPL.key();
  private static final String FILE_SYSTEM = "org.apache.hadoop.fs.s3a.S3AFileSystem";

  /** Each is something that only S3A does, when it has a value. */
  private static final List<String> VALUES =
      List.of(
          "fs.s3a.custom.signers",
          "fs.s3a.signing-algorithm",
          "fs.s3a.s3.signing-algorithm",
          "fs.s3a.http.signer.class",
          "fs.s3a.delegation.token.binding",
          "fs.s3a.accesspoint.arn");

  private static final List<String> SWITCHES =
      List.of(
          "fs.s3a.http.signer.enabled",
          "fs.s3a.access.grants.enabled",
          "fs.s3a.encryption.cse.v1.compatibility.enabled");

  /** Each is something that only S3A does, when it is off. */
  private static final List<String> NEEDED =
      List.of("fs.s3a.multipart.uploads.enabled", "fs.s3a.create.conditional.enabled");

  private S3Clients() {}

  /**
   * The setting of a bucket that only Hadoop's file system serves, as {@code key=value} without
   * secrets; empty when our own client serves the bucket.
   *
   * @param general the Configuration of S3; options of the bucket in it win
   */
  public static Optional<String> needsHadoop(String bucket, Configuration general) {
    BucketConfiguration options = BucketConfiguration.of(bucket, general);
    if (options.text(CLIENT).equals("hadoop")) {
      return Optional.of(CLIENT + "=hadoop");
    }
    if (isForeign(general)) {
      return Optional.of(IMPLEMENTATION + "=" + general.getTrimmed(IMPLEMENTATION));
    }
    String factory = options.text(CLIENT_FACTORY);
    if (!factory.isEmpty() && !factory.equals(S3A_FACTORY)) {
      return Optional.of(CLIENT_FACTORY + "=" + factory);
    }
    String encryption =
        options.text("fs.s3a.encryption.algorithm", "fs.s3a.server-side-encryption-algorithm");
    if (encryption.toUpperCase(java.util.Locale.ROOT).startsWith("CSE")) {
      return Optional.of("fs.s3a.encryption.algorithm=" + encryption);
    }
    return ofSwitches(options);
  }

  /** Whether the user has chosen a file system of which only Hadoop's API is known. */
  public static boolean isForeign(Configuration general) {
    return !FILE_SYSTEM.equals(general.getTrimmed(IMPLEMENTATION, FILE_SYSTEM));
  }

  private static Optional<String> ofSwitches(BucketConfiguration options) {
    for (String key : VALUES) {
      if (!options.text(key).isEmpty()) {
        return Optional.of(key + "=" + options.text(key));
      }
    }
    for (String key : SWITCHES) {
      if (options.flag(key, false)) {
        return Optional.of(key + "=true");
      }
    }
    for (String key : NEEDED) {
      if (!options.flag(key, true)) {
        return Optional.of(key + "=false");
      }
    }
    return options.number("fs.s3a.list.version", 2) == 1
        ? Optional.of("fs.s3a.list.version=1")
        : Optional.empty();
  }
}
