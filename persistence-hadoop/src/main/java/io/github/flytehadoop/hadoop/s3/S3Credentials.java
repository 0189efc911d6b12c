/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.config.Secret;
import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.hadoop.overlay.Overlay;
import io.github.flytehadoop.hadoop.s3.identity.SdkNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.util.VersionInfo;
import org.jspecify.annotations.Nullable;

/**
 * Which credentials S3A uses. Static keys of {@code DataConfig} are used alone. Without them the
 * user's own provider stays, else a chain that also knows web identities. Source: OPT-S3-2,
 * OPT-S3-3, OPT-S3-6.
 */
final class S3Credentials {
  private static final String HADOOP = "org.apache.hadoop.fs.s3a.";
  private static final String TEMPORARY = HADOOP + "TemporaryAWSCredentialsProvider";
  private static final String SIMPLE = HADOOP + "SimpleAWSCredentialsProvider";
  private static final String ANONYMOUS = HADOOP + "AnonymousAWSCredentialsProvider";

  /**
   * Of the SDK that S3A is built on: of Hadoop 3.3 the first, which knows no class of the second.
   */
  private static final List<String> SDK_PROVIDERS =
      VersionInfo.getVersion().startsWith("3.3.")
          ? List.of(
              "com.amazonaws.auth.EnvironmentVariableCredentialsProvider",
              "com.amazonaws.auth.WebIdentityTokenCredentialsProvider",
              "com.amazonaws.auth.profile.ProfileCredentialsProvider")
          : List.of(
              SdkNames.forS3a("EnvironmentVariableCredentialsProvider"),
              SdkNames.forS3a("WebIdentityTokenFileCredentialsProvider"),
              // not Hadoop's own: that one fails to start where there is no credentials file
              SdkNames.forS3a("ProfileCredentialsProvider"));

  private static final String INSTANCE = HADOOP + "auth.IAMInstanceCredentialsProvider";

  private S3Credentials() {}

  static void write(Overlay overlay, S3Config config, Map<String, String> environment) {
    String id = config.accessKeyId();
    Secret secret = config.secretAccessKey();
    Secret token = config.sessionToken();
    if (id == null && secret == null && token == null) {
      overlay.suggest(S3Key.CREDENTIALS_PROVIDER, chain(environment));
      return;
    }
    if (id == null) {
      throw incomplete("accessKeyId", "ACCESS_KEY_ID");
    }
    if (secret == null) {
      throw incomplete("secretAccessKey", "SECRET_ACCESS_KEY");
    }
    overlay.set(S3Key.ACCESS_KEY, id);
    overlay.set(S3Key.SECRET_KEY, secret.reveal());
    if (token != null) {
      overlay.set(S3Key.SESSION_TOKEN, token.reveal());
    }
    overlay.set(S3Key.CREDENTIALS_PROVIDER, token == null ? SIMPLE : TEMPORARY);
  }

  static void writeAnonymous(Overlay overlay, @Nullable String bucket) {
    overlay.set(S3Key.CREDENTIALS_PROVIDER, ANONYMOUS);
    overlay.set(S3Key.DELEGATION_BINDING, "");
    if (bucket != null) {
      overlay.set(S3Key.CREDENTIALS_PROVIDER.forBucket(bucket), ANONYMOUS);
      overlay.set(S3Key.DELEGATION_BINDING.forBucket(bucket), "");
    }
  }

  /** Keys of {@code core-site.xml} first, as in Hadoop's own chain. */
  private static String chain(Map<String, String> environment) {
    List<String> providers = new ArrayList<>(List.of(TEMPORARY, SIMPLE));
    providers.addAll(SDK_PROVIDERS);
    boolean metadataDisabled =
        Boolean.parseBoolean(environment.getOrDefault("AWS_EC2_METADATA_DISABLED", "").strip());
    boolean inContainer =
        environment.containsKey("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
            || environment.containsKey("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    if (!metadataDisabled || inContainer) {
      providers.add(INSTANCE);
    }
    return String.join(",", providers);
  }

  private static ConfigException incomplete(String component, String option) {
    return new ConfigException(
        "S3Config." + component,
        "DataConfig",
        "it is not set, but another part of the static S3 credentials is. Set FLYTE_AWS_"
            + option
            + " or [aws] "
            + option.toLowerCase(Locale.ROOT)
            + ", or remove the other parts to use the credentials of the machine.");
  }
}
