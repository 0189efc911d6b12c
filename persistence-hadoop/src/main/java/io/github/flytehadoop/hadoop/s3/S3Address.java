/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import io.github.flytehadoop.error.ConfigException;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says where a bucket is.
 *
 * @param endpoint scheme, host and perhaps a port of the store; null for Amazon's own of the region
 * @param region to sign for
 * @param style where the bucket's name stands
 * @param roaming whether the bucket may be in another region, which its answers then tell
 * @param fips whether only validated cryptography may answer
 */
public record S3Address(
    @Nullable URI endpoint, String region, Style style, boolean roaming, boolean fips) {
  /** Where the bucket's name stands. */
  public enum Style {
    /** In the path of the URL. */
    PATH,
    /** In the host's name. */
    HOST
  }

  private static final String CENTRAL = "s3.amazonaws.com";
  private static final String FALLBACK = "us-east-1";
  private static final Pattern REGIONAL =
      Pattern.compile(
          "(?:.+\\.)?s3[.-](?:fips[.-]|dualstack[.-])?([a-z]{2}(?:-[a-z]+)+-\\d)"
              + "\\.(?:amazonaws\\.com(?:\\.cn)?|amazonaws\\.eu|api\\.aws)");

  /** Refuses null. */
  public S3Address {
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(style, "style");
  }

  static S3Address of(BucketConfiguration options) {
    URI endpoint = endpoint(options);
    String region = options.text(S3Key.REGION.key());
    String ofHost = endpoint == null ? "" : regionOf(endpoint);
    boolean amazon = endpoint == null || !ofHost.isEmpty();
    String known = region.isEmpty() ? ofHost : region;
    return new S3Address(
        endpoint,
        known.isEmpty() ? FALLBACK : known,
        options.flag(S3Key.PATH_STYLE.key(), false) ? Style.PATH : Style.HOST,
        amazon && options.flag(S3Key.CROSS_REGION.key(), true),
        options.flag("fs.s3a.endpoint.fips", false));
  }

  private static @Nullable URI endpoint(BucketConfiguration options) {
    String text = options.text(S3Key.ENDPOINT.key());
    if (text.isEmpty()) {
      return null;
    }
    boolean secure = options.flag(S3Key.SSL_ENABLED.key(), true);
    String full = text.contains("://") ? text : (secure ? "https://" : "http://") + text;
    URI endpoint;
    try {
      endpoint = URI.create(full);
    } catch (IllegalArgumentException malformed) {
      throw unusable("it is no URL");
    }
    if (endpoint.getHost() == null || endpoint.getUserInfo() != null) {
      throw unusable("it names no host");
    }
    return endpoint.getHost().toLowerCase(Locale.ROOT).equals(CENTRAL) ? null : endpoint;
  }

  private static ConfigException unusable(String why) {
    return new ConfigException(
        S3Key.ENDPOINT.key(),
        "the Hadoop configuration",
        why + ". Write a URL such as https://store.example.com:9000.");
  }

  /** The region that a host of Amazon's names; empty for others. */
  private static String regionOf(URI endpoint) {
    Matcher host = REGIONAL.matcher(endpoint.getHost().toLowerCase(Locale.ROOT));
    return host.matches() ? host.group(1) : "";
  }

  /** The same bucket in another region. */
  S3Address in(String otherRegion) {
    return new S3Address(
        endpoint != null && !regionOf(endpoint).isEmpty() ? null : endpoint,
        otherRegion,
        style,
        roaming,
        fips);
  }

  /** The same bucket at another endpoint. */
  S3Address at(URI otherEndpoint) {
    return new S3Address(otherEndpoint, region, style, roaming, fips);
  }

  /** Whether requests are encrypted. */
  public boolean isSecure() {
    return endpoint == null || !"http".equalsIgnoreCase(endpoint.getScheme());
  }
}
