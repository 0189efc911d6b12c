/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.doctor;

import io.github.flytehadoop.location.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * Who asks: the kind of identity, and a fingerprint of its name that tells two apart. The name is
 * no secret; the secret is not even hashed.
 */
final class IdentityCheck {
  private static final int SHOWN_CHARACTERS = 4;

  private IdentityCheck() {}

  static String of(Location location, Configuration effective) {
    return switch (location.family()) {
      case S3 -> s3(location, effective);
      case GCS -> gcs(effective);
      case AZURE -> azure(effective);
      case HDFS -> hadoopUser();
      case FTP -> "the user of fs." + location.scheme() + ".user";
      case LOCAL, WEB, OTHER -> "nobody: this store asks for none";
    };
  }

  private static String s3(Location location, Configuration effective) {
    String bucket = "fs.s3a.bucket." + location.authority() + ".access.key";
    String key = effective.getTrimmed(bucket, effective.getTrimmed("fs.s3a.access.key", ""));
    if (!key.isEmpty()) {
      String session =
          effective.getTrimmed("fs.s3a.session.token", "").isEmpty() ? "" : " with session token";
      return "access key" + session + " " + shown(key);
    }
    List<String> chain = new ArrayList<>();
    Stream.of(effective.getTrimmedStrings("fs.s3a.aws.credentials.provider"))
        .forEach(provider -> chain.add(simpleName(provider)));
    return chain.isEmpty() ? "the default chain of S3A" : "the first of " + chain;
  }

  private static String gcs(Configuration effective) {
    String type = effective.getTrimmed("fs.gs.auth.type", "COMPUTE_ENGINE");
    String file = effective.getTrimmed("fs.gs.auth.service.account.json.keyfile", "");
    String other = effective.getTrimmed("fs.gs.auth.impersonation.service.account", "");
    return type
        + (file.isEmpty() ? "" : " of the file " + file)
        + (other.isEmpty() ? "" : " as " + other);
  }

  private static String azure(Configuration effective) {
    List<String> kinds = new ArrayList<>();
    effective
        .getValByRegex("^fs\\.azure\\.account\\.auth\\.type\\.")
        .forEach(
            (key, kind) -> {
              String host = key.substring("fs.azure.account.auth.type.".length());
              String provider =
                  effective.getTrimmed("fs.azure.account.oauth.provider.type." + host, "");
              String by = provider.isEmpty() ? "" : " by " + simpleName(provider);
              kinds.add(kind + by + " for " + host);
            });
    return kinds.isEmpty() ? "none" : String.join(", ", kinds);
  }

  private static String simpleName(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  private static String hadoopUser() {
    try {
      UserGroupInformation user = UserGroupInformation.getCurrentUser();
      String kind = user.getAuthenticationMethod().toString().toLowerCase(java.util.Locale.ROOT);
      return "user " + user.getUserName() + " (" + kind + ")";
    } catch (IOException unknown) {
      return "nobody: " + unknown.getMessage();
    }
  }

  private static String shown(String key) {
    String start = key.length() < 3 * SHOWN_CHARACTERS ? "" : key.substring(0, SHOWN_CHARACTERS);
    return start + "*** (fingerprint " + fingerprint(key) + ")";
  }

  private static String fingerprint(String name) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
