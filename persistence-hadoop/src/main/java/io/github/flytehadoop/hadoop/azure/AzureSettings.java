/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import io.github.flytehadoop.config.AzureBlobStorageConfig;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.hadoop.overlay.Overlay;
import io.github.flytehadoop.hadoop.overlay.Profile;
import io.github.flytehadoop.hadoop.overlay.RetryPlan;
import io.github.flytehadoop.location.StoreKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@link AzureBlobStorageConfig} as settings of ABFS: a pure function of the configuration, the
 * environment, the profile and the account. ABFS has no anonymous access, so there are no settings
 * for it. Source: OPT-AZ; fixes W-2, W-3 and W-4.
 */
public final class AzureSettings {
  /** The schemes that ABFS serves with these settings, as Hadoop knows them. */
  public static final List<String> SCHEMES =
      List.of(StoreKind.ABFS.scheme(), StoreKind.ABFSS.scheme(), "az");

  private static final String PACKAGE = "org.apache.hadoop.fs.azurebfs.";

  /** {@code ShortUriFileSystem}: by its name, because ABFS may not be on the class path. */
  private static final String SHORT_URIS = "io.github.flytehadoop.hadoop.azure.ShortUriFileSystem";

  private AzureSettings() {}

  /**
   * The settings for the configured account, or for any when none is configured.
   *
   * @throws io.github.flytehadoop.error.ConfigException if a service principal is incomplete, or
   *     endpoint and account name disagree
   */
  public static Overlay withCredentials(
      DataConfig config, Map<String, String> environment, Profile profile) {
    AzureEndpoint endpoint = AzureEndpoint.of(config.azure());
    String account = endpoint.account();
    String host = account == null ? null : endpoint.hostOf(account);
    return overlay(config, environment, profile, host);
  }

  /**
   * The settings for the account that a location names.
   *
   * @param accountHost as {@link AzureLocation#accountHost} gives it
   * @throws io.github.flytehadoop.error.ConfigException as {@link #withCredentials(DataConfig, Map,
   *     Profile)}
   */
  public static Overlay withCredentials(
      DataConfig config, Map<String, String> environment, Profile profile, String accountHost) {
    return overlay(config, environment, profile, accountHost);
  }

  private static Overlay overlay(
      DataConfig config,
      Map<String, String> environment,
      Profile profile,
      @Nullable String accountHost) {
    Overlay overlay = new Overlay();
    implementations(overlay, profile, accountHost);
    overlay.suggest(AzureKey.ABFS_ABSTRACT, PACKAGE + "Abfs");
    overlay.suggest(AzureKey.ABFSS_ABSTRACT, PACKAGE + "Abfss");
    // ABFS 3.5.0 sends them from a thread that lives until the file system is closed, and Spark
    // closes none: its driver would never end
    overlay.suggest(AzureKey.METRICS, "false");
    endpoint(overlay, AzureEndpoint.of(config.azure()), accountHost);
    new AzureCredentials(config.azure(), environment, accountHost).write(overlay);
    retries(overlay, RetryPlan.of(config.s3()), profile);
    if (profile == Profile.ENGINE) {
      engine(overlay);
    }
    return overlay;
  }

  private static void implementations(
      Overlay overlay, Profile profile, @Nullable String accountHost) {
    if (profile == Profile.ENGINE) {
      overlay.suggest(AzureKey.ABFS_IMPL, PACKAGE + "AzureBlobFileSystem");
      overlay.suggest(AzureKey.ABFSS_IMPL, PACKAGE + "SecureAzureBlobFileSystem");
      return;
    }
    // code that takes URIs as users write them
    for (AzureKey key : List.of(AzureKey.ABFS_IMPL, AzureKey.ABFSS_IMPL, AzureKey.AZ_IMPL)) {
      overlay.suggest(key, SHORT_URIS);
    }
    if (accountHost != null) {
      overlay.set(ShortUriFileSystem.ACCOUNT_HOST, accountHost);
    }
  }

  private static void endpoint(
      Overlay overlay, AzureEndpoint endpoint, @Nullable String accountHost) {
    boolean clear = endpoint.transport() == AzureEndpoint.Transport.CLEAR;
    if (clear) {
      overlay.set(AzureKey.ALWAYS_HTTPS, "false");
      overlay.set(
          AzureKey.NETWORKING.forAccount(accountHost),
          // the other library wants TLS even where nothing is encrypted
          "JDK_HTTP_URL_CONNECTION");
    }
    String emulator = endpoint.emulator();
    if (emulator != null) {
      overlay.set(AzureKey.ENDPOINT.forAccount(accountHost), emulator);
      overlay.set(AzureKey.HNS_ENABLED.forAccount(accountHost), "false");
      overlay.set(AzureKey.FNS_SERVICE_TYPE.forAccount(accountHost), "BLOB");
    }
  }

  private static void retries(Overlay overlay, RetryPlan plan, Profile profile) {
    if (plan.choice() == RetryPlan.Choice.DEFAULT && profile == Profile.SHARED) {
      return;
    }
    plan.write(overlay, AzureKey.MAX_RETRIES, limit(plan), "");
    if (plan.retries() > 0) {
      plan.write(overlay, AzureKey.RETRY_INTERVAL, plan.firstWaitMillis(), "");
      plan.write(overlay, AzureKey.RETRY_MAX_INTERVAL, plan.longestWaitMillis(), "");
    }
  }

  /** Nobody asked: fewer than ABFS's 30, which take longer than ten minutes to give up. */
  private static int limit(RetryPlan plan) {
    int patient = 8;
    return plan.choice() == RetryPlan.Choice.DEFAULT ? patient : plan.limit();
  }

  private static void engine(Overlay overlay) {
    List.of(AzureKey.ABFS_UNCACHED, AzureKey.ABFSS_UNCACHED)
        .forEach(key -> overlay.set(key, "true"));
    overlay.suggest(AzureKey.APPEND_WITH_FLUSH, "true");
    overlay.suggest(AzureKey.CONDITIONAL_OVERWRITE, "false");
    overlay.suggest(AzureKey.SKIP_USER_GROUP, "true");
    overlay.suggest(AzureKey.SSL_CHANNEL, "Default_JSSE");
  }
}
