/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.GCSConfig;
import io.github.flytehadoop.hadoop.overlay.Overlay;
import io.github.flytehadoop.hadoop.overlay.Profile;
import io.github.flytehadoop.hadoop.overlay.RetryPlan;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@link GCSConfig} as settings of the GCS connector: a pure function of the configuration, the
 * environment and the profile. Source: OPT-SO, W-2.
 */
public final class GcsSettings {
  private static final String SERVICE_PATH = "storage/v1/";

  private GcsSettings() {}

  /** Settings with a key file, or with what the machine offers. */
  public static Overlay withCredentials(
      DataConfig config, Map<String, String> environment, Profile profile) {
    Overlay overlay = common(config, environment, profile);
    GCSConfig gcs = config.gcs();
    String keyFile = gcs.serviceAccountKeyFile();
    if (keyFile != null) {
      overlay.set(GcsKey.AUTH_TYPE, "SERVICE_ACCOUNT_JSON_KEYFILE");
      overlay.set(GcsKey.KEY_FILE, keyFile);
    } else {
      // a token must not travel in clear, and only emulators speak plain http; Hadoop's default
      // for the others, COMPUTE_ENGINE, hangs outside Google's cloud
      boolean emulator = isPlainHttp(endpoint(gcs, environment));
      overlay.suggest(GcsKey.AUTH_TYPE, emulator ? "UNAUTHENTICATED" : "APPLICATION_DEFAULT");
    }
    String account = gcs.impersonateServiceAccount();
    if (account != null) {
      overlay.set(GcsKey.IMPERSONATE, account);
    }
    return overlay;
  }

  /** Settings without credentials. */
  public static Overlay anonymous(
      DataConfig config, Map<String, String> environment, Profile profile) {
    return common(config, environment, profile)
        .set(GcsKey.AUTH_TYPE, "UNAUTHENTICATED")
        // nobody cannot act as someone: the connector would fail to start
        .set(GcsKey.IMPERSONATE, "");
  }

  private static Overlay common(
      DataConfig config, Map<String, String> environment, Profile profile) {
    Overlay overlay = new Overlay();
    implementation(overlay, profile);
    String project = config.gcs().projectId();
    if (project != null) {
      overlay.set(GcsKey.PROJECT, project);
    }
    String endpoint = endpoint(config.gcs(), environment);
    if (endpoint != null) {
      endpoint(overlay, endpoint);
    }
    RetryPlan plan = RetryPlan.of(config.s3());
    if (plan.choice() == RetryPlan.Choice.EXPLICIT) {
      plan.write(overlay, GcsKey.MAX_RETRY, plan.limit(), "");
    }
    if (profile == Profile.ENGINE) {
      engine(overlay);
    }
    return overlay;
  }

  /** Hadoop's own defaults name another connector, and a size that this one cannot read. */
  private static void implementation(Overlay overlay, Profile profile) {
    Map<GcsKey, String> values =
        Map.of(
            GcsKey.IMPL, connector(),
            GcsKey.ABSTRACT, "com.google.cloud.hadoop.fs.gcs.GoogleHadoopFS",
            GcsKey.BLOCK_SIZE, Long.toString(64L << 20));
    values.forEach(
        (key, value) -> {
          if (profile == Profile.ENGINE) {
            overlay.set(key, value);
          } else {
            overlay.suggest(key, value);
          }
        });
  }

  private static String connector() {
    try {
      Class.forName(
          "org.apache.hadoop.fs.Options$OpenFileOptions",
          false,
          GcsSettings.class.getClassLoader());
      return "com.google.cloud.hadoop.fs.gcs.GoogleHadoopFileSystem";
    } catch (ClassNotFoundException before335) {
      return GcsSettings.class.getPackageName() + ".PlainOpenFileSystem";
    }
  }

  private static @Nullable String endpoint(GCSConfig config, Map<String, String> environment) {
    if (config.endpoint() != null) {
      return config.endpoint();
    }
    String emulator = environment.getOrDefault("STORAGE_EMULATOR_HOST", "").strip();
    if (emulator.isEmpty()) {
      return null;
    }
    return emulator.contains("://") ? emulator : "http://" + emulator;
  }

  private static void endpoint(Overlay overlay, String endpoint) {
    String root = endpoint.endsWith("/") ? endpoint : endpoint + "/";
    if (root.endsWith("/" + SERVICE_PATH)) {
      root = root.substring(0, root.length() - SERVICE_PATH.length());
    }
    overlay.set(GcsKey.ROOT_URL, root);
    overlay.set(GcsKey.SERVICE_PATH, SERVICE_PATH);
    if (isPlainHttp(endpoint)) {
      overlay.suggest(GcsKey.MOVE_ENABLE, "false");
      overlay.suggest(GcsKey.FOLDERS_ENABLE, "false");
      overlay.suggest(GcsKey.BATCH, "1");
    }
  }

  private static boolean isPlainHttp(@Nullable String endpoint) {
    return endpoint != null && endpoint.toLowerCase(Locale.ROOT).startsWith("http:");
  }

  private static void engine(Overlay overlay) {
    overlay.set(GcsKey.UNCACHED, "true");
    List.of(GcsKey.CONFLICT_CHECK, GcsKey.STATUS_PARALLEL, GcsKey.DIR_REPAIR)
        .forEach(key -> overlay.set(key, "false"));
    overlay.set(GcsKey.ROLLING_CHECKSUM, "true");
    overlay.suggest(GcsKey.CHECKSUM, "CRC32C");
    overlay.suggest(GcsKey.READ_TIMEOUT, "20s");
  }
}
