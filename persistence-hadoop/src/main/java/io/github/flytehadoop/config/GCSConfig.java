/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import io.github.flytehadoop.error.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * How to reach Google Cloud Storage. Source: flyte-behaviour A.4; all but the first are additions.
 * With none set the store client uses application default credentials.
 *
 * @param gsutilParallelism accepted for compatibility; transfers are parallel anyway
 * @param projectId the project that new buckets and quotas belong to
 * @param endpoint an http(s) URL, {@code null} for Google's own
 * @param serviceAccountKeyFile path of a service account's JSON key
 * @param impersonateServiceAccount e-mail of the service account to act as (CFG-18)
 */
public record GCSConfig(
    boolean gsutilParallelism,
    @Nullable String projectId,
    @Nullable String endpoint,
    @Nullable String serviceAccountKeyFile,
    @Nullable String impersonateServiceAccount) {

  /**
   * Checks the values; a blank text becomes {@code null} (CFG-3).
   *
   * @throws ConfigException if the endpoint is not an http(s) URL, or the key itself stands where
   *     its path should
   */
  public GCSConfig {
    projectId = BlankValues.orNull(projectId);
    endpoint = EndpointUrl.check("GCSConfig.endpoint", endpoint);
    serviceAccountKeyFile =
        KeyFilePath.check("GCSConfig.serviceAccountKeyFile", serviceAccountKeyFile);
    impersonateServiceAccount = BlankValues.orNull(impersonateServiceAccount);
  }

  /** Without impersonation. */
  public GCSConfig(
      boolean gsutilParallelism,
      @Nullable String projectId,
      @Nullable String endpoint,
      @Nullable String serviceAccountKeyFile) {
    this(gsutilParallelism, projectId, endpoint, serviceAccountKeyFile, null);
  }

  /** Application default credentials, Google's endpoint. */
  public static GCSConfig defaults() {
    return builder().build();
  }

  /** A builder that holds the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that holds these values. */
  public Builder toBuilder() {
    return new Builder()
        .gsutilParallelism(gsutilParallelism)
        .projectId(projectId)
        .endpoint(endpoint)
        .serviceAccountKeyFile(serviceAccountKeyFile)
        .impersonateServiceAccount(impersonateServiceAccount);
  }

  /** Collects the values of a {@link GCSConfig}. */
  public static final class Builder {
    private boolean gsutilParallelism;
    private @Nullable String projectId;
    private @Nullable String endpoint;
    private @Nullable String serviceAccountKeyFile;
    private @Nullable String impersonateServiceAccount;

    private Builder() {}

    /** Accepted for compatibility. */
    public Builder gsutilParallelism(boolean value) {
      gsutilParallelism = value;
      return this;
    }

    /** The project that new buckets and quotas belong to. */
    public Builder projectId(@Nullable String value) {
      projectId = value;
      return this;
    }

    /** An http(s) URL, {@code null} for Google's own. */
    public Builder endpoint(@Nullable String value) {
      endpoint = value;
      return this;
    }

    /** Path of a service account's JSON key. */
    public Builder serviceAccountKeyFile(@Nullable String value) {
      serviceAccountKeyFile = value;
      return this;
    }

    /** E-mail of the service account to act as. */
    public Builder impersonateServiceAccount(@Nullable String value) {
      impersonateServiceAccount = value;
      return this;
    }

    /**
     * The checked record.
     *
     * @throws ConfigException as the constructor of {@link GCSConfig}
     */
    public GCSConfig build() {
      return new GCSConfig(
          gsutilParallelism, projectId, endpoint, serviceAccountKeyFile, impersonateServiceAccount);
    }
  }
}
