/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import io.github.flytehadoop.hadoop.overlay.HadoopKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ABFS keys that this library sets, and those it knows to be secret. ABFS reads some for one
 * account, with the account's host behind the key, and the others without it only.
 */
public enum AzureKey implements HadoopKey {
  AUTH_TYPE(
      "fs.azure.account.auth.type",
      Kind.PLAIN,
      Scope.ACCOUNT,
      "how requests are authorised",
      "accountName",
      "accountKey",
      "sasToken",
      "clientSecret"),
  ACCOUNT_KEY(
      "fs.azure.account.key",
      Kind.SECRET,
      Scope.ACCOUNT,
      "shared key",
      "accountKey",
      "accountName"),
  PROVIDER_TYPE(
      "fs.azure.account.oauth.provider.type",
      Kind.PLAIN,
      Scope.ACCOUNT,
      "where tokens come from",
      "clientSecret"),
  CLIENT_ID(
      "fs.azure.account.oauth2.client.id",
      Kind.PLAIN,
      Scope.ACCOUNT,
      "service principal or identity",
      "clientId"),
  CLIENT_SECRET(
      "fs.azure.account.oauth2.client.secret",
      Kind.SECRET,
      Scope.ACCOUNT,
      "service principal",
      "clientSecret"),
  CLIENT_ENDPOINT(
      "fs.azure.account.oauth2.client.endpoint",
      Kind.PLAIN,
      Scope.ACCOUNT,
      "where the tenant's tokens come from",
      "tenantId"),
  MSI_TENANT(
      "fs.azure.account.oauth2.msi.tenant",
      Kind.PLAIN,
      Scope.ACCOUNT,
      "tenant of an identity",
      "tenantId"),
  MSI_AUTHORITY(
      "fs.azure.account.oauth2.msi.authority",
      Kind.PLAIN,
      Scope.ACCOUNT,
      "login server of another cloud"),
  TOKEN_FILE(
      "fs.azure.account.oauth2.token.file",
      Kind.PLAIN,
      Scope.ACCOUNT,
      "path of a workload identity's token"),
  SAS_TOKEN(
      "fs.azure.sas.fixed.token",
      Kind.SECRET,
      Scope.ACCOUNT,
      "shared access signature",
      "sasToken"),
  ENDPOINT(
      "fs.azure.abfs.endpoint",
      Kind.PLAIN,
      Scope.ACCOUNT,
      "host and port of an emulator",
      "endpoint"),
  HNS_ENABLED(
      "fs.azure.account.hns.enabled",
      Kind.PLAIN,
      Scope.ACCOUNT,
      "an emulator has no real directories",
      "endpoint"),
  FNS_SERVICE_TYPE(
      "fs.azure.fns.account.service.type",
      Kind.PLAIN,
      Scope.ACCOUNT,
      "an emulator speaks the blob protocol",
      "endpoint"),
  NETWORKING(
      "fs.azure.networking.library",
      Kind.PLAIN,
      Scope.ACCOUNT,
      "the HTTP client that can do without TLS",
      "endpoint"),
  ALWAYS_HTTPS(
      "fs.azure.always.use.https", Kind.PLAIN, Scope.STORE, "TLS for abfs:// too", "endpoint"),
  MAX_RETRIES(
      "fs.azure.io.retry.max.retries", Kind.PLAIN, Scope.STORE, "retries", "S3Config.retries"),
  RETRY_INTERVAL(
      "fs.azure.io.retry.backoff.interval",
      Kind.PLAIN,
      Scope.STORE,
      "first wait",
      "S3Config.backoff"),
  RETRY_MAX_INTERVAL(
      "fs.azure.io.retry.max.backoff.interval",
      Kind.PLAIN,
      Scope.STORE,
      "longest wait",
      "S3Config.backoff"),
  ABFS_IMPL("fs.abfs.impl", Kind.PLAIN, Scope.STORE, "file system of abfs://"),
  ABFSS_IMPL("fs.abfss.impl", Kind.PLAIN, Scope.STORE, "file system of abfss://"),
  AZ_IMPL("fs.az.impl", Kind.PLAIN, Scope.STORE, "file system of az://"),
  ABFS_ABSTRACT("fs.AbstractFileSystem.abfs.impl", Kind.PLAIN, Scope.STORE, "FileContext"),
  ABFSS_ABSTRACT("fs.AbstractFileSystem.abfss.impl", Kind.PLAIN, Scope.STORE, "FileContext"),
  ABFS_UNCACHED(
      "fs.abfs.impl.disable.cache", Kind.PLAIN, Scope.STORE, "instances belong to this library"),
  ABFSS_UNCACHED(
      "fs.abfss.impl.disable.cache", Kind.PLAIN, Scope.STORE, "instances belong to this library"),
  APPEND_WITH_FLUSH(
      "fs.azure.write.enableappendwithflush",
      Kind.PLAIN,
      Scope.STORE,
      "a small file in 2 requests"),
  CONDITIONAL_OVERWRITE(
      "fs.azure.enable.conditional.create.overwrite",
      Kind.PLAIN,
      Scope.STORE,
      "no probe before an overwrite"),
  SKIP_USER_GROUP(
      "fs.azure.skipUserGroupMetadataDuringInitialization",
      Kind.PLAIN,
      Scope.STORE,
      "no look at the machine's groups"),
  METRICS(
      "fs.azure.metrics.collection.enabled",
      Kind.PLAIN,
      Scope.STORE,
      "no thread that keeps the JVM alive, no requests of its own"),
  SSL_CHANNEL("fs.azure.ssl.channel.mode", Kind.PLAIN, Scope.STORE, "the JDK's own TLS"),
  OAUTH_USER_PASSWORD(
      "fs.azure.account.oauth2.user.password", Kind.SECRET, Scope.ACCOUNT, "a user's password"),
  OAUTH_REFRESH_TOKEN(
      "fs.azure.account.oauth2.refresh.token", Kind.SECRET, Scope.ACCOUNT, "a user's token"),
  CLIENT_ENCRYPTION_KEY(
      "fs.azure.encryption.encoded.client-provided-key",
      Kind.SECRET,
      Scope.ACCOUNT,
      "encryption by a key of the user"),
  METRICS_ACCOUNT_KEY(
      "fs.azure.metrics.account.key", Kind.SECRET, Scope.STORE, "shared key of a metrics account");

  /** How far a key reaches. */
  public enum Scope {
    /** One account: ABFS looks for the key with the account's host behind it first. */
    ACCOUNT,
    /** Every account: ABFS looks for the plain key only. */
    STORE
  }

  private final String key;
  private final Kind kind;
  private final Scope scope;
  private final String purpose;

  @SuppressWarnings("ImmutableEnumChecker") // List.of gives an immutable list
  private final List<String> components;

  AzureKey(String key, Kind kind, Scope scope, String purpose, String... components) {
    this.key = key;
    this.kind = kind;
    this.scope = scope;
    this.purpose = purpose;
    this.components = List.of(components);
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  /** How far it reaches. */
  public Scope scope() {
    return scope;
  }

  @Override
  public String purpose() {
    return purpose;
  }

  @Override
  public List<String> components() {
    return components.stream()
        .map(name -> name.contains(".") ? name : "AzureBlobStorageConfig." + name)
        .toList();
  }

  /**
   * The spelling for an account.
   *
   * @param accountHost such as {@code acct.dfs.core.windows.net}; {@code null} for every account
   */
  public String forAccount(@Nullable String accountHost) {
    return accountHost == null || scope == Scope.STORE ? key : key + "." + accountHost;
  }
}
