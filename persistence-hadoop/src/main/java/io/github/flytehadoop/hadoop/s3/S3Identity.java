/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What has to be equal for the owner of one bucket to be known in the other. */
final class S3Identity {
  private static final List<String> SECRET =
      List.of(
          "fs.s3a.access.key",
          "fs.s3a.secret.key",
          "fs.s3a.session.token",
          "fs.s3a.encryption.key",
          "fs.s3a.server-side-encryption.key");

  private static final List<String> PLAIN =
      List.of(
          "fs.s3a.endpoint",
          "fs.s3a.endpoint.region",
          "fs.s3a.aws.credentials.provider",
          "fs.s3a.assumed.role.arn",
          "fs.s3a.delegation.token.binding",
          "fs.s3a.encryption.algorithm",
          "fs.s3a.server-side-encryption-algorithm",
          "hadoop.security.credential.provider.path");

  private S3Identity() {}

  /** A digest: equal for equal values, and no way back to them. */
  static String of(BucketConfiguration options) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
    for (String key : SECRET) {
      add(digest, String.valueOf(options.secret(key)));
    }
    for (String key : PLAIN) {
      add(digest, options.text(key));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }
}
