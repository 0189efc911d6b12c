/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import io.github.flytehadoop.error.ConfigException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The proxy between this machine and a store: that of {@code fs.s3a.proxy.*}, else that of the
 * environment.
 *
 * @param address of the proxy, null for none
 * @param user to log in with, or null
 * @param password to log in with, or null
 * @param source where the proxy was named
 */
public record S3Proxy(
    @Nullable URI address, @Nullable String user, @Nullable String password, String source) {
  private static final S3Proxy NONE = new S3Proxy(null, null, null, "");
  private static final String HOST = "fs.s3a.proxy.host";
  private static final String PORT = "fs.s3a.proxy.port";
  private static final String USER = "fs.s3a.proxy.username";
  private static final String SECURED = "fs.s3a.proxy.ssl.enabled";

  static S3Proxy of(BucketConfiguration options, Map<String, String> environment) {
    String host = options.text(HOST);
    if (host.isEmpty()) {
      if (!options.text(PORT).isEmpty()) {
        throw new ConfigException(
            PORT, "the Hadoop configuration", "it is set and " + HOST + " is not. Set both.");
      }
      return ofEnvironment(S3Address.of(options), options.bucket(), environment);
    }
    boolean secured = options.flag(SECURED, false);
    int port = options.number(PORT, secured ? 443 : 80);
    String user = options.secret(USER);
    String password = options.secret(S3Key.PROXY_PASSWORD.key());
    if ((user == null) != (password == null)) {
      throw new ConfigException(
          USER,
          "the Hadoop configuration",
          "user and password of the proxy belong together. Set both or none.");
    }
    return new S3Proxy(
        URI.create((secured ? "https://" : "http://") + host + ":" + port), user, password, HOST);
  }

  private static S3Proxy ofEnvironment(
      S3Address address, String bucket, Map<String, String> environment) {
    String name = address.isSecure() ? "HTTPS_PROXY" : "HTTP_PROXY";
    String text = either(environment, name);
    if (text.isEmpty() || isExempt(hostOf(address, bucket), either(environment, "NO_PROXY"))) {
      return NONE;
    }
    URI proxy;
    try {
      proxy = URI.create(text.contains("://") ? text : "http://" + text);
    } catch (IllegalArgumentException malformed) {
      throw new ConfigException(name, "environment", "it is no URL. Write http://host:port.");
    }
    if (proxy.getHost() == null) {
      throw new ConfigException(name, "environment", "it names no host. Write http://host:port.");
    }
    return of(proxy, name);
  }

  private static S3Proxy of(URI proxy, String source) {
    String[] login = String.valueOf(proxy.getUserInfo()).split(":", 2);
    boolean named = proxy.getUserInfo() != null && login.length == 2;
    int port =
        proxy.getPort() < 0 ? ("https".equals(proxy.getScheme()) ? 443 : 80) : proxy.getPort();
    return new S3Proxy(
        URI.create(proxy.getScheme() + "://" + proxy.getHost() + ":" + port),
        named ? login[0] : null,
        named ? login[1] : null,
        source);
  }

  private static String either(Map<String, String> environment, String name) {
    String lower = environment.getOrDefault(name.toLowerCase(Locale.ROOT), "").strip();
    return lower.isEmpty() ? environment.getOrDefault(name, "").strip() : lower;
  }

  private static String hostOf(S3Address address, String bucket) {
    URI endpoint = address.endpoint();
    String host =
        endpoint == null ? "s3." + address.region() + ".amazonaws.com" : endpoint.getHost();
    return address.style() == S3Address.Style.PATH ? host : bucket + "." + host;
  }

  /** As curl reads the list: names match themselves and what is below them. */
  private static boolean isExempt(String host, String noProxy) {
    List<String> names =
        Arrays.stream(noProxy.split("[,\\s|]+", -1)).filter(n -> !n.isEmpty()).toList();
    return names.stream()
        .map(name -> name.replaceFirst("^\\*?\\.", "").replaceFirst(":\\d+$", ""))
        .anyMatch(name -> name.equals("*") || host.equals(name) || host.endsWith("." + name));
  }

  /** The address and where it was named; no password. */
  @Override
  public String toString() {
    return address == null ? "no proxy" : address + " (" + source + ")";
  }
}
