/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * Where the objects of one bucket are, for requests that need no rules to find out.
 *
 * @param server scheme, host and port to connect to
 * @param host with the port where that is not the usual one
 * @param prefix of encoded paths, without a separator at its end
 */
record S3Url(URI server, String host, String prefix) {
  /** Regions whose host names follow the one scheme. */
  private static final Pattern REGION = Pattern.compile("(us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-\\d");

  /** Names that can be in a host name under a certificate for one level. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");

  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,253}");

  /** Null where only the SDK's rules tell: access points, directory buckets, special regions. */
  static @Nullable S3Url of(String bucket, S3Address address) {
    boolean plain = PLAIN_NAME.matcher(bucket).matches() && !bucket.endsWith("--x-s3");
    URI endpoint = address.endpoint();
    if (!plain || address.fips() || (endpoint == null && !isRegular(address.region()))) {
      return null;
    }
    URI base =
        endpoint == null
            ? URI.create("https://s3." + address.region() + ".amazonaws.com")
            : Objects.requireNonNull(endpoint);
    String path = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/+$", "");
    if (address.style() == S3Address.Style.PATH) {
      return at(base, base.getHost(), path + "/" + SdkHttpUtils.urlEncode(bucket));
    }
    return NAME.matcher(bucket).matches() ? at(base, bucket + "." + base.getHost(), path) : null;
  }

  private static boolean isRegular(String region) {
    return REGION.matcher(region).matches();
  }

  private static S3Url at(URI base, String host, String prefix) {
    boolean secure = "https".equalsIgnoreCase(base.getScheme());
    int usual = secure ? 443 : 80;
    int port = base.getPort() < 0 ? usual : base.getPort();
    return new S3Url(
        URI.create((secure ? "https://" : "http://") + host + ":" + port),
        port == usual ? host : host + ":" + port,
        prefix);
  }

  boolean isSecure() {
    return "https".equals(server.getScheme());
  }

  /** Path and parameters of a request, encoded. */
  String path(String key, Map<String, String> query) {
    StringBuilder path =
        new StringBuilder(prefix).append('/').append(SdkHttpUtils.urlEncodeIgnoreSlashes(key));
    char separator = '?';
    for (Map.Entry<String, String> parameter : new TreeMap<>(query).entrySet()) {
      path.append(separator)
          .append(parameter.getKey())
          .append('=')
          .append(SdkHttpUtils.urlEncode(parameter.getValue()));
      separator = '&';
    }
    return path.toString();
  }
}
