/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import io.github.flytehadoop.error.ConfigException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to reach S3 and stores that speak its protocol. Source: flyte-behaviour A.4; {@code region}
 * and {@code sessionToken} are additions. Unlike in flytekit every value is used (W-1, W-2).
 *
 * @param enableDebug whether the store client logs its requests
 * @param endpoint an http(s) URL, {@code null} for Amazon's own
 * @param retries how often a failed request is tried again, 0 for never
 * @param backoff the longest wait before a retry, zero for none
 * @param accessKeyId with {@code secretAccessKey} the static credentials; {@code null} leaves the
 *     store client's own chain in place
 * @param secretAccessKey see {@code accessKeyId}
 * @param addressingStyle where the bucket stands in the URL
 * @param region {@code null} to let the store client find it
 * @param sessionToken the third part of temporary credentials
 */
public record S3Config(
    boolean enableDebug,
    @Nullable String endpoint,
    int retries,
    Duration backoff,
    @Nullable String accessKeyId,
    @Nullable Secret secretAccessKey,
    AddressingStyle addressingStyle,
    @Nullable String region,
    @Nullable Secret sessionToken) {

  /**
   * Checks the values; a blank text becomes {@code null} (CFG-3).
   *
   * @throws ConfigException if the endpoint is not an http(s) URL, or retries or backoff is
   *     negative
   */
  public S3Config {
    Objects.requireNonNull(backoff, "backoff");
    Objects.requireNonNull(addressingStyle, "addressingStyle");
    endpoint = EndpointUrl.check("S3Config.endpoint", endpoint);
    accessKeyId = BlankValues.orNull(accessKeyId);
    secretAccessKey = BlankValues.orNull(secretAccessKey);
    region = BlankValues.orNull(region);
    sessionToken = BlankValues.orNull(sessionToken);
    if (retries < 0) {
      throw new ConfigException(
          "S3Config.retries",
          RawValue.FROM_PROGRAM,
          retries + " is negative. Use 0 to switch retries off.");
    }
    if (backoff.isNegative()) {
      throw new ConfigException(
          "S3Config.backoff",
          RawValue.FROM_PROGRAM,
          backoff + " is negative. Use zero to switch waiting off.");
    }
  }

  /** No endpoint, no credentials, 3 retries, 5 s. */
  public static S3Config defaults() {
    return builder().build();
  }

  /** A builder that holds the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that holds these values. */
  public Builder toBuilder() {
    return new Builder()
        .enableDebug(enableDebug)
        .endpoint(endpoint)
        .retries(retries)
        .backoff(backoff)
        .accessKeyId(accessKeyId)
        .secretAccessKey(secretAccessKey)
        .addressingStyle(addressingStyle)
        .region(region)
        .sessionToken(sessionToken);
  }

  /** Never shows a secret, nor the whole access key id. */
  @Override
  public String toString() {
    return "S3Config[enableDebug=%s, endpoint=%s, retries=%s, backoff=%s, accessKeyId=%s, secretAccessKey=%s, addressingStyle=%s, region=%s, sessionToken=%s]"
        .formatted(
            enableDebug,
            endpoint,
            retries,
            backoff,
            accessKeyId == null ? null : Secret.partly(accessKeyId),
            secretAccessKey,
            addressingStyle,
            region,
            sessionToken);
  }

  /** Collects the values of an {@link S3Config}. */
  public static final class Builder {
    private boolean enableDebug;
    private @Nullable String endpoint;
    private int retries = 3;
    private Duration backoff = Duration.ofSeconds(5);
    private @Nullable String accessKeyId;
    private @Nullable Secret secretAccessKey;
    private AddressingStyle addressingStyle = AddressingStyle.AUTO;
    private @Nullable String region;
    private @Nullable Secret sessionToken;

    private Builder() {}

    /** Whether the store client logs its requests. */
    public Builder enableDebug(boolean value) {
      enableDebug = value;
      return this;
    }

    /** An http(s) URL, {@code null} for Amazon's own. */
    public Builder endpoint(@Nullable String value) {
      endpoint = value;
      return this;
    }

    /** How often a failed request is tried again. */
    public Builder retries(int value) {
      retries = value;
      return this;
    }

    /** The longest wait before a retry. */
    public Builder backoff(Duration value) {
      backoff = value;
      return this;
    }

    /** The first half of static credentials. */
    public Builder accessKeyId(@Nullable String value) {
      accessKeyId = value;
      return this;
    }

    /** The second half of static credentials. */
    public Builder secretAccessKey(@Nullable String value) {
      return secretAccessKey(BlankValues.secretOrNull(value));
    }

    /** The second half of static credentials. */
    public Builder secretAccessKey(@Nullable Secret value) {
      secretAccessKey = value;
      return this;
    }

    /** Where the bucket stands in the URL. */
    public Builder addressingStyle(AddressingStyle value) {
      addressingStyle = value;
      return this;
    }

    /** The region, {@code null} to let the store client find it. */
    public Builder region(@Nullable String value) {
      region = value;
      return this;
    }

    /** The third part of temporary credentials. */
    public Builder sessionToken(@Nullable String value) {
      return sessionToken(BlankValues.secretOrNull(value));
    }

    /** The third part of temporary credentials. */
    public Builder sessionToken(@Nullable Secret value) {
      sessionToken = value;
      return this;
    }

    /**
     * The checked record.
     *
     * @throws ConfigException as the constructor of {@link S3Config}
     */
    public S3Config build() {
      return new S3Config(
          enableDebug,
          endpoint,
          retries,
          backoff,
          accessKeyId,
          secretAccessKey,
          addressingStyle,
          region,
          sessionToken);
    }
  }
}
