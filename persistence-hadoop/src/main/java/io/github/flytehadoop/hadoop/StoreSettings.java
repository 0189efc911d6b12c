/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.hadoop.azure.AzureLocation;
import io.github.flytehadoop.hadoop.azure.AzureSettings;
import io.github.flytehadoop.hadoop.gcs.GcsSettings;
import io.github.flytehadoop.hadoop.hdfs.HdfsSettings;
import io.github.flytehadoop.hadoop.overlay.Overlay;
import io.github.flytehadoop.hadoop.overlay.Profile;
import io.github.flytehadoop.hadoop.s3.S3Settings;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.StoreKind;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one place where a scheme becomes the settings of a store. */
record StoreSettings(DataConfig config, Map<String, String> environment, Profile profile) {
  static Overlay ofAll(DataConfig config, Map<String, String> environment, Profile profile) {
    return S3Settings.withCredentials(config.s3(), environment, profile)
        .add(GcsSettings.withCredentials(config, environment, profile))
        .add(AzureSettings.withCredentials(config, environment, profile))
        .add(HdfsSettings.of(profile));
  }

  /**
   * The overlay of one store.
   *
   * @param scheme canonical
   * @param location what narrows the settings to a bucket or account, {@code null} for any
   */
  Overlay ofStore(String scheme, Access access, @Nullable Location location) {
    return switch (StoreKind.familyOf(scheme)) {
      case S3 -> s3(access, location == null ? null : location.authority());
      case GCS ->
          switch (access) {
            case CREDENTIALS -> GcsSettings.withCredentials(config, environment, profile);
            case ANONYMOUS -> GcsSettings.anonymous(config, environment, profile);
          };
      case AZURE -> azure(scheme, access, location);
      case HDFS, LOCAL, WEB, FTP -> HdfsSettings.of(profile);
      case OTHER -> throw FileSystemLoader.unknown(scheme, Set.of());
    };
  }

  private Overlay s3(Access access, @Nullable String bucket) {
    Overlay overlay =
        switch (access) {
          case CREDENTIALS -> S3Settings.withCredentials(config.s3(), environment, profile);
          case ANONYMOUS -> S3Settings.anonymous(config.s3(), environment, profile, bucket);
        };
    return bucket == null || profile == Profile.SHARED
        ? overlay
        : overlay.add(S3Settings.ofBucket(bucket));
  }

  private Overlay azure(String scheme, Access access, @Nullable Location location) {
    if (access == Access.ANONYMOUS) {
      throw Problem.cannot("read", location == null ? scheme + "://" : location.text())
          .also("without credentials")
          .because("Hadoop's Azure client has no anonymous access")
          .remedy(
              "Read a public blob by its https:// URL, or configure an account key, a service"
                  + " principal or a shared access signature.")
          .made(UnsupportedOperationException::new);
    }
    return location == null
        ? AzureSettings.withCredentials(config, environment, profile)
        : AzureSettings.withCredentials(
            config, environment, profile, AzureLocation.accountHost(location, config.azure()));
  }
}
