/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.s3a.S3ClientFactory.S3ClientCreationParameters;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * Where the objects of one bucket are, for requests that need no rules to find out.
 *
 * @param endpoint with the bucket in its host name unless it is in the path
 * @param bucket the name
 * @param prefix of encoded paths, without a separator at its end
 * @param region to sign for
 */
record LeanAddress(URI endpoint, String bucket, String prefix, String region) {
  private static final String CENTRAL = "s3.amazonaws.com";

  /** Regions whose host names follow the one scheme. */
  private static final Pattern REGION = Pattern.compile("(us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-\\d");

  /** Names that can be in a host name under a certificate for one level. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");

  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,253}");

  /** Null where only the SDK's rules tell. */
  static @Nullable LeanAddress of(
      @Nullable String bucket, S3ClientCreationParameters parameters, @Nullable URI endpoint) {
    String region = parameters.getRegion();
    if (bucket == null || !isPlain(bucket) || region == null || parameters.isFipsEnabled()) {
      return null;
    }
    boolean amazon = endpoint == null || CENTRAL.equals(endpoint.getHost());
    if (amazon ? !REGION.matcher(region).matches() : region.isEmpty()) {
      return null;
    }
    URI base = amazon ? URI.create("https://s3." + region + ".amazonaws.com") : endpoint;
    return at(Objects.requireNonNull(base), bucket, region, parameters.isPathStyleAccess());
  }

  /** Not an ARN of an access point, nor a directory bucket. */
  private static boolean isPlain(String bucket) {
    return PLAIN_NAME.matcher(bucket).matches() && !bucket.endsWith("--x-s3");
  }

  private static @Nullable LeanAddress at(
      URI base, String bucket, String region, boolean inThePath) {
    String path = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/+$", "");
    if (inThePath) {
      return new LeanAddress(base, bucket, path + "/" + SdkHttpUtils.urlEncode(bucket), region);
    }
    return NAME.matcher(bucket).matches()
        ? new LeanAddress(
            URI.create(
                base.getScheme()
                    + "://"
                    + bucket
                    + "."
                    + base.getHost()
                    + (base.getPort() < 0 ? "" : ":" + base.getPort())),
            bucket,
            path,
            region)
        : null;
  }

  boolean isSecure() {
    return "https".equalsIgnoreCase(endpoint.getScheme());
  }

  /** The host with the port, where that is not the usual one. */
  String authority() {
    int usual = isSecure() ? 443 : 80;
    boolean said = endpoint.getPort() >= 0 && endpoint.getPort() != usual;
    return endpoint.getHost() + (said ? ":" + endpoint.getPort() : "");
  }

  /** Of a key, or of the bucket where it is empty. */
  SdkHttpFullRequest.Builder request(String key) {
    return SdkHttpFullRequest.builder()
        .protocol(endpoint.getScheme())
        .host(endpoint.getHost())
        .port(endpoint.getPort() < 0 ? null : endpoint.getPort())
        .encodedPath(prefix + "/" + SdkHttpUtils.urlEncodeIgnoreSlashes(key))
        .putHeader("Host", authority());
  }
}
