/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Values by key, on their way into the records. A key without a value leaves the record's default.
 */
final class ConfigValues {
  private final Map<ConfigKey, Object> values;

  ConfigValues(Map<ConfigKey, Object> values) {
    this.values = values;
  }

  DataConfig toDataConfig() {
    return new DataConfig(s3(), gcs(), azure(), generic());
  }

  private S3Config s3() {
    S3Config.Builder builder = S3Config.builder();
    give(ConfigKey.S3_ENABLE_DEBUG, Boolean.class, builder::enableDebug);
    give(ConfigKey.S3_ENDPOINT, String.class, builder::endpoint);
    give(ConfigKey.S3_RETRIES, Integer.class, builder::retries);
    give(ConfigKey.S3_BACKOFF, Duration.class, builder::backoff);
    give(ConfigKey.S3_ACCESS_KEY_ID, String.class, builder::accessKeyId);
    give(ConfigKey.S3_SECRET_ACCESS_KEY, Secret.class, builder::secretAccessKey);
    give(ConfigKey.S3_ADDRESSING_STYLE, AddressingStyle.class, builder::addressingStyle);
    give(ConfigKey.S3_REGION, String.class, builder::region);
    give(ConfigKey.S3_SESSION_TOKEN, Secret.class, builder::sessionToken);
    return builder.build();
  }

  private GCSConfig gcs() {
    GCSConfig.Builder builder = GCSConfig.builder();
    give(ConfigKey.GCS_GSUTIL_PARALLELISM, Boolean.class, builder::gsutilParallelism);
    give(ConfigKey.GCS_PROJECT_ID, String.class, builder::projectId);
    give(ConfigKey.GCS_ENDPOINT, String.class, builder::endpoint);
    give(ConfigKey.GCS_SERVICE_ACCOUNT_KEY_FILE, String.class, builder::serviceAccountKeyFile);
    give(
        ConfigKey.GCS_IMPERSONATE_SERVICE_ACCOUNT,
        String.class,
        builder::impersonateServiceAccount);
    return builder.build();
  }

  private AzureBlobStorageConfig azure() {
    AzureBlobStorageConfig.Builder builder = AzureBlobStorageConfig.builder();
    give(ConfigKey.AZURE_ACCOUNT_NAME, String.class, builder::accountName);
    give(ConfigKey.AZURE_ACCOUNT_KEY, Secret.class, builder::accountKey);
    give(ConfigKey.AZURE_TENANT_ID, String.class, builder::tenantId);
    give(ConfigKey.AZURE_CLIENT_ID, String.class, builder::clientId);
    give(ConfigKey.AZURE_CLIENT_SECRET, Secret.class, builder::clientSecret);
    give(ConfigKey.AZURE_ENDPOINT, String.class, builder::endpoint);
    give(ConfigKey.AZURE_SAS_TOKEN, Secret.class, builder::sasToken);
    return builder.build();
  }

  private GenericPersistenceConfig generic() {
    GenericPersistenceConfig.Builder builder = GenericPersistenceConfig.builder();
    give(
        ConfigKey.GENERIC_ATTACH_EXECUTION_METADATA,
        Boolean.class,
        builder::attachExecutionMetadata);
    return builder.build();
  }

  private <T> void give(ConfigKey key, Class<T> type, Consumer<T> setter) {
    Object value = values.get(key);
    if (value != null) {
      setter.accept(type.cast(value));
    }
  }
}
