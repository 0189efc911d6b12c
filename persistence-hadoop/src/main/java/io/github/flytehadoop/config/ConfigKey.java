/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import static io.github.flytehadoop.config.YamlPath.StowKind.AZURE;
import static io.github.flytehadoop.config.YamlPath.StowKind.GOOGLE;
import static io.github.flytehadoop.config.YamlPath.StowKind.S3;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one table of configuration keys: each component of each record, its names in the environment,
 * INI and YAML, and its type. Readers, provenance and {@code docs/config-keys.md} follow it.
 * Source: flyte-behaviour A.4, CFG-1, CFG-16 to CFG-18.
 */
public enum ConfigKey {
  /** Component {@code enableDebug}. */
  S3_ENABLE_DEBUG(
      KeySpec.s3("enableDebug", S3Config::enableDebug)
          .type(ValueType.BOOLEAN)
          .ini("aws", "enable_debug")
          .env("FLYTE_STORAGE_DEBUG")
          .connection("enable-debug")
          .means("log the S3 client's requests")),
  /** Component {@code endpoint}. */
  S3_ENDPOINT(
      KeySpec.s3("endpoint", S3Config::endpoint)
          .type(ValueType.URL)
          .ini("aws", "endpoint")
          .connection("endpoint")
          .stow(S3, "endpoint")
          .means("URL of an S3-compatible store; not set: Amazon's own")),
  /** Component {@code retries}. */
  S3_RETRIES(
      KeySpec.s3("retries", S3Config::retries)
          .type(ValueType.COUNT)
          .ini("aws", "retries")
          .env("FLYTE_STORAGE_RETRIES")
          .connection("retries")
          .means("how often a failed request is tried again; 0: never")),
  /** Component {@code backoff}. */
  S3_BACKOFF(
      KeySpec.s3("backoff", S3Config::backoff)
          .type(ValueType.SECONDS)
          .ini("aws", "backoff_seconds")
          .env("FLYTE_STORAGE_BACKOFF_SECONDS")
          .connection("backoff-seconds")
          .means("longest wait before a retry; 0: none")),
  /** Component {@code accessKeyId}. */
  S3_ACCESS_KEY_ID(
      KeySpec.s3("accessKeyId", S3Config::accessKeyId)
          .type(ValueType.IDENTIFIER)
          .ini("aws", "access_key_id")
          .connection("access-key")
          .stow(S3, "access_key_id")
          .means("static credentials; not set: the S3 client's own chain")),
  /** Component {@code secretAccessKey}. */
  S3_SECRET_ACCESS_KEY(
      KeySpec.s3("secretAccessKey", S3Config::secretAccessKey)
          .type(ValueType.SECRET)
          .ini("aws", "secret_access_key")
          .connection("secret-key")
          .stow(S3, "secret_key")
          .means("static credentials, second half")),
  /** Component {@code addressingStyle}. */
  S3_ADDRESSING_STYLE(
      KeySpec.s3("addressingStyle", S3Config::addressingStyle)
          .type(ValueType.ADDRESSING_STYLE)
          .ini("aws", "addressing_style")
          .env("FLYTE_AWS_S3_ADDRESSING_STYLE")
          .connection("addressing-style")
          .stow(S3, "addressing_style")
          .means(
              "where the bucket stands in the URL; auto: path for an endpoint that is not Amazon's")),
  /** Component {@code region}. */
  S3_REGION(
      KeySpec.s3("region", S3Config::region)
          .ini("aws", "region")
          .ambient("AWS_REGION")
          .ambient("AWS_DEFAULT_REGION")
          .connection("region")
          .stow(S3, "region")
          .means("region of the buckets; set it to save requests")),
  /** Component {@code sessionToken}. */
  S3_SESSION_TOKEN(
      KeySpec.s3("sessionToken", S3Config::sessionToken)
          .type(ValueType.SECRET)
          .ini("aws", "session_token")
          .connection("session-token")
          .stow(S3, "token")
          .means("third part of temporary credentials")),
  /** Component {@code gsutilParallelism}. */
  GCS_GSUTIL_PARALLELISM(
      KeySpec.gcs("gsutilParallelism", GCSConfig::gsutilParallelism)
          .type(ValueType.BOOLEAN)
          .ini("gcp", "gsutil_parallelism")
          .means("accepted for compatibility, without effect")),
  /** Component {@code projectId}. */
  GCS_PROJECT_ID(
      KeySpec.gcs("projectId", GCSConfig::projectId)
          .ini("gcp", "project_id")
          .stow(GOOGLE, "project_id")
          .means("project of new buckets and quotas")),
  /** Component {@code endpoint}. */
  GCS_ENDPOINT(
      KeySpec.gcs("endpoint", GCSConfig::endpoint)
          .type(ValueType.URL)
          .ini("gcp", "endpoint")
          .stow(GOOGLE, "endpoint")
          .means("URL of an emulator or private endpoint; not set: Google's own")),
  /** Component {@code serviceAccountKeyFile}. */
  GCS_SERVICE_ACCOUNT_KEY_FILE(
      KeySpec.gcs("serviceAccountKeyFile", GCSConfig::serviceAccountKeyFile)
          .type(ValueType.FILE)
          .ini("gcp", "service_account_key_file")
          .stow(GOOGLE, "service_account_key_file")
          .stow(GOOGLE, "json")
          .means("path of a service account's JSON key; not set: application default credentials")),
  /** Component {@code impersonateServiceAccount}. */
  GCS_IMPERSONATE_SERVICE_ACCOUNT(
      KeySpec.gcs("impersonateServiceAccount", GCSConfig::impersonateServiceAccount)
          .ini("gcp", "impersonate_service_account")
          .stow(GOOGLE, "impersonate_service_account")
          .means("e-mail of the service account to act as")),
  /** Component {@code accountName}. */
  AZURE_ACCOUNT_NAME(
      KeySpec.azure("accountName", AzureBlobStorageConfig::accountName)
          .ini("azure", "storage_account_name")
          .env("AZURE_STORAGE_ACCOUNT_NAME")
          .stow(AZURE, "account")
          .means("account of URIs that name none")),
  /** Component {@code accountKey}. */
  AZURE_ACCOUNT_KEY(
      KeySpec.azure("accountKey", AzureBlobStorageConfig::accountKey)
          .type(ValueType.SECRET)
          .ini("azure", "storage_account_key")
          .env("AZURE_STORAGE_ACCOUNT_KEY")
          .stow(AZURE, "key")
          .means("shared key of the account")),
  /** Component {@code tenantId}. */
  AZURE_TENANT_ID(
      KeySpec.azure("tenantId", AzureBlobStorageConfig::tenantId)
          .ini("azure", "tenant_id")
          .env("AZURE_TENANT_ID")
          .stow(AZURE, "tenant_id")
          .means("tenant of a service principal")),
  /** Component {@code clientId}. */
  AZURE_CLIENT_ID(
      KeySpec.azure("clientId", AzureBlobStorageConfig::clientId)
          .ini("azure", "client_id")
          .env("AZURE_CLIENT_ID")
          .stow(AZURE, "client_id")
          .means("client of a service principal, or the identity to use")),
  /** Component {@code clientSecret}. */
  AZURE_CLIENT_SECRET(
      KeySpec.azure("clientSecret", AzureBlobStorageConfig::clientSecret)
          .type(ValueType.SECRET)
          .ini("azure", "client_secret")
          .env("AZURE_CLIENT_SECRET")
          .stow(AZURE, "client_secret")
          .means("secret of a service principal")),
  /** Component {@code endpoint}. */
  AZURE_ENDPOINT(
      KeySpec.azure("endpoint", AzureBlobStorageConfig::endpoint)
          .type(ValueType.URL)
          .ini("azure", "endpoint")
          .stow(AZURE, "endpoint")
          .means("URL of an emulator or sovereign cloud; not set: Azure's public cloud")),
  /** Component {@code sasToken}. */
  AZURE_SAS_TOKEN(
      KeySpec.azure("sasToken", AzureBlobStorageConfig::sasToken)
          .type(ValueType.SECRET)
          .ini("azure", "sas_token")
          .env("AZURE_STORAGE_SAS_TOKEN")
          .stow(AZURE, "sas_token")
          .means("shared access signature")),
  /** Component {@code attachExecutionMetadata}. */
  GENERIC_ATTACH_EXECUTION_METADATA(
      KeySpec.generic("attachExecutionMetadata", GenericPersistenceConfig::attachExecutionMetadata)
          .type(ValueType.BOOLEAN)
          .ini("persistence", "attach_execution_metadata")
          .means("uploads carry the execution's project, domain, launch plan, workflow and name"));

  // its lists are unmodifiable and its function is an accessor, which no checker can see
  @SuppressWarnings("ImmutableEnumChecker")
  private final KeySpec spec;

  ConfigKey(KeySpec spec) {
    this.spec = spec;
  }

  /** The record that holds the value. */
  public Class<? extends Record> owner() {
    return spec.owner();
  }

  /** The record's component that holds the value. */
  public String component() {
    return spec.component();
  }

  /** The name in Java, such as {@code S3Config.endpoint}. */
  public String flyteName() {
    return spec.owner().getSimpleName() + "." + spec.component();
  }

  /** What a user may write. */
  public ValueType type() {
    return spec.type();
  }

  /** The environment variables that come before the file, first found wins. */
  public List<String> environmentNames() {
    return spec.environment();
  }

  /** The environment variables that come after the file, first found wins. */
  public List<String> ambientNames() {
    return spec.ambient();
  }

  /** The INI section, without brackets. */
  public String section() {
    return spec.section();
  }

  /** The option of the INI section. */
  public String option() {
    return spec.option();
  }

  /** The places in YAML, first found wins; empty if YAML has none. */
  public List<YamlPath> yamlPaths() {
    return spec.yaml();
  }

  /** What the value is for, in a few words. */
  public String meaning() {
    return spec.meaning();
  }

  /** The value that a configuration has for this key. */
  public @Nullable Object valueIn(DataConfig config) {
    return spec.value().apply(config);
  }

  /** The value that a configuration has for this key, as a user may see it: secrets masked. */
  public String displayIn(DataConfig config) {
    return type().display(valueIn(config));
  }
}
