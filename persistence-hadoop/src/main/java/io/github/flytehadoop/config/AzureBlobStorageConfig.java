/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import io.github.flytehadoop.error.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * How to reach Azure Blob Storage. Source: flyte-behaviour A.4; {@code endpoint} and {@code
 * sasToken} are additions (W-4). The account in a URI wins over {@code accountName}.
 *
 * @param accountName the storage account of URIs that name none
 * @param accountKey the shared key of the account
 * @param tenantId with {@code clientId} and {@code clientSecret} a service principal
 * @param clientId see {@code tenantId}; alone, the managed or workload identity to use
 * @param clientSecret see {@code tenantId}
 * @param endpoint an http(s) URL, {@code null} for Azure's public cloud
 * @param sasToken a shared access signature
 */
public record AzureBlobStorageConfig(
    @Nullable String accountName,
    @Nullable Secret accountKey,
    @Nullable String tenantId,
    @Nullable String clientId,
    @Nullable Secret clientSecret,
    @Nullable String endpoint,
    @Nullable Secret sasToken) {

  /**
   * Checks the values; a blank text becomes {@code null} (CFG-3).
   *
   * @throws ConfigException if the endpoint is not an http(s) URL
   */
  public AzureBlobStorageConfig {
    accountName = BlankValues.orNull(accountName);
    accountKey = BlankValues.orNull(accountKey);
    tenantId = BlankValues.orNull(tenantId);
    clientId = BlankValues.orNull(clientId);
    clientSecret = BlankValues.orNull(clientSecret);
    endpoint = EndpointUrl.check("AzureBlobStorageConfig.endpoint", endpoint);
    sasToken = BlankValues.orNull(sasToken);
  }

  /** No account, no credentials. */
  public static AzureBlobStorageConfig defaults() {
    return builder().build();
  }

  /** A builder that holds the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that holds these values. */
  public Builder toBuilder() {
    return new Builder()
        .accountName(accountName)
        .accountKey(accountKey)
        .tenantId(tenantId)
        .clientId(clientId)
        .clientSecret(clientSecret)
        .endpoint(endpoint)
        .sasToken(sasToken);
  }

  /** Collects the values of an {@link AzureBlobStorageConfig}. */
  public static final class Builder {
    private @Nullable String accountName;
    private @Nullable Secret accountKey;
    private @Nullable String tenantId;
    private @Nullable String clientId;
    private @Nullable Secret clientSecret;
    private @Nullable String endpoint;
    private @Nullable Secret sasToken;

    private Builder() {}

    /** The storage account of URIs that name none. */
    public Builder accountName(@Nullable String value) {
      accountName = value;
      return this;
    }

    /** The shared key of the account. */
    public Builder accountKey(@Nullable String value) {
      return accountKey(BlankValues.secretOrNull(value));
    }

    /** The shared key of the account. */
    public Builder accountKey(@Nullable Secret value) {
      accountKey = value;
      return this;
    }

    /** The tenant of a service principal. */
    public Builder tenantId(@Nullable String value) {
      tenantId = value;
      return this;
    }

    /** The client of a service principal, or the identity to use. */
    public Builder clientId(@Nullable String value) {
      clientId = value;
      return this;
    }

    /** The secret of a service principal. */
    public Builder clientSecret(@Nullable String value) {
      return clientSecret(BlankValues.secretOrNull(value));
    }

    /** The secret of a service principal. */
    public Builder clientSecret(@Nullable Secret value) {
      clientSecret = value;
      return this;
    }

    /** An http(s) URL, {@code null} for Azure's public cloud. */
    public Builder endpoint(@Nullable String value) {
      endpoint = value;
      return this;
    }

    /** A shared access signature. */
    public Builder sasToken(@Nullable String value) {
      return sasToken(BlankValues.secretOrNull(value));
    }

    /** A shared access signature. */
    public Builder sasToken(@Nullable Secret value) {
      sasToken = value;
      return this;
    }

    /**
     * The checked record.
     *
     * @throws ConfigException as the constructor of {@link AzureBlobStorageConfig}
     */
    public AzureBlobStorageConfig build() {
      return new AzureBlobStorageConfig(
          accountName, accountKey, tenantId, clientId, clientSecret, endpoint, sasToken);
    }
  }
}
