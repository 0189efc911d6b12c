/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import io.github.flytehadoop.hadoop.s3.identity.SdkNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/**
 * Settings that name sources of credentials, for an S3A with a relocated AWS SDK. It needs no SDK
 * itself: every Configuration goes through here.
 */
public final class RelocatedSettings {
  /** Where {@link RelocatedCredentials} finds what the user has named. */
  static final String NAMED = "fs.s3a.flyte.credentials.provider";

  private static final Pattern KEY =
      Pattern.compile("fs\\.s3a\\.(bucket\\..+\\.)?aws\\.credentials\\.provider");

  private RelocatedSettings() {}

  /**
   * Puts {@link RelocatedCredentials} in the place of others in a Configuration, where S3A needs
   * that.
   */
  public static void use(Configuration target) {
    if (SdkNames.areRelocated() && SdkNames.areThoseOfS3a()) {
      List<String> keys = new ArrayList<>();
      target.forEach(
          entry -> {
            if (KEY.matcher(entry.getKey()).matches() && needs(target, entry.getKey())) {
              keys.add(entry.getKey());
            }
          });
      keys.forEach(key -> replace(target, key));
    }
  }

  private static boolean needs(Configuration target, String key) {
    Collection<String> names = target.getTrimmedStringCollection(key);
    return names.stream().anyMatch(RelocatedSettings::isForeign);
  }

  private static boolean isForeign(String name) {
    return !name.startsWith(S3CredentialSources.S3A)
        && !name.startsWith(SdkNames.OWN)
        && !name.equals(RelocatedCredentials.class.getName());
  }

  private static void replace(Configuration target, String key) {
    String[] sources = target.getPropertySources(key);
    String source = sources == null || sources.length == 0 ? null : sources[0];
    target.set(
        key.replaceFirst("aws\\.credentials\\.provider$", "flyte.credentials.provider"),
        target.getTrimmed(key),
        source);
    // as the user's own, which it is: otherwise the next settings would put ours in its place
    target.set(key, RelocatedCredentials.class.getName(), source);
  }
}
