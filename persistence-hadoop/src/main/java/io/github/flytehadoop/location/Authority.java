/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What may stand between {@code ://} and the key: bucket, {@code container@account}, host. */
final class Authority {
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[0-9A-Fa-f:.%]+\\]|[^:\\[\\]]*)(:[0-9]{1,5})?");
  private static final Pattern IMPOSSIBLE = Pattern.compile("[\\s?#\\\\]|^\\.{1,2}$");
  private static final String CREDENTIALS =
      "Credentials do not belong into a location. Put them into DataConfig";

  private Authority() {}

  /** Why an authority cannot be used with a canonical scheme, without repeating it, or null. */
  static @Nullable String problemOf(String scheme, String authority) {
    if (authority.isEmpty()) {
      return Scheme.needsAuthority(scheme)
          ? "It names no bucket, container or host. Write " + scheme + "://bucket/key"
          : null;
    }
    if (IMPOSSIBLE.matcher(authority).find()) {
      return "No bucket or host has such a name. Check what follows " + scheme + "://";
    }
    int at = authority.lastIndexOf('@');
    String user = authority.substring(0, Math.max(at, 0));
    if (user.indexOf(':') >= 0 || (at >= 0 && !allowsUser(scheme))) {
      return CREDENTIALS;
    }
    return hostProblem(scheme, authority.substring(at + 1));
  }

  private static boolean allowsUser(String scheme) {
    StoreKind kind = StoreKind.of(scheme);
    return kind == null || kind.allowsUser();
  }

  private static @Nullable String hostProblem(String scheme, String host) {
    boolean bucket = StoreKind.of(scheme) == StoreKind.S3 || StoreKind.of(scheme) == StoreKind.GCS;
    if (bucket && host.startsWith("arn:")) {
      return "An ARN is no bucket. Name it by fs.s3a.bucket.NAME.accesspoint.arn and write"
          + " s3://NAME/key";
    }
    // A secret with a slash in it splits the location before its '@': a colon alone gives it away.
    boolean wrong = bucket ? host.indexOf(':') >= 0 : !HOST_AND_PORT.matcher(host).matches();
    return wrong ? CREDENTIALS : null;
  }
}
