/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.proxy;

import io.github.flytehadoop.error.ConfigException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The proxy between this machine and a server.
 *
 * @param address of the proxy, null for none
 * @param user to log in with, or null
 * @param password to log in with, or null
 * @param source where the proxy was named
 */
public record NetworkProxy(
    @Nullable URI address, @Nullable String user, @Nullable String password, String source) {
  /** No proxy at all. */
  public static final NetworkProxy NONE = new NetworkProxy(null, null, null, "");

  /** Who runs in a cloud asks its machine there, and nobody else. */
  private static final Pattern THIS_MACHINES_OWN =
      Pattern.compile("169\\.254\\.\\d+\\.\\d+|metadata\\.google\\.internal\\.?");

  /**
   * The proxy that the environment names for a server: {@code HTTPS_PROXY} or {@code HTTP_PROXY},
   * unless {@code NO_PROXY} has its host.
   *
   * @throws ConfigException when it is no address
   */
  public static NetworkProxy ofEnvironment(URI server, Map<String, String> environment) {
    String name = "https".equalsIgnoreCase(server.getScheme()) ? "HTTPS_PROXY" : "HTTP_PROXY";
    String text = either(environment, name);
    String host = String.valueOf(server.getHost()).toLowerCase(Locale.ROOT);
    return text.isEmpty()
            || THIS_MACHINES_OWN.matcher(host).matches()
            || isExempt(host, exemptHosts(environment))
        ? NONE
        : parsed(text, name);
  }

  private static NetworkProxy parsed(String text, String source) {
    URI proxy;
    try {
      proxy = URI.create(text.contains("://") ? text : "http://" + text);
    } catch (IllegalArgumentException malformed) {
      throw new ConfigException(source, "environment", "it is no URL. Write http://host:port.");
    }
    if (!String.valueOf(proxy.getScheme()).matches("(?i)https?")) {
      throw new ConfigException(
          source,
          "environment",
          "it is no HTTP proxy. Name one, or exempt the host with NO_PROXY.");
    }
    if (proxy.getHost() == null) {
      throw new ConfigException(source, "environment", "it names no host. Write http://host:port.");
    }
    String[] login = String.valueOf(proxy.getUserInfo()).split(":", 2);
    boolean named = proxy.getUserInfo() != null && login.length == 2;
    int usual = "https".equals(proxy.getScheme()) ? 443 : 80;
    int port = proxy.getPort() < 0 ? usual : proxy.getPort();
    return new NetworkProxy(
        URI.create(proxy.getScheme() + "://" + proxy.getHost() + ":" + port),
        named ? login[0] : null,
        named ? login[1] : null,
        source);
  }

  private static String either(Map<String, String> environment, String name) {
    String lower = environment.getOrDefault(name.toLowerCase(Locale.ROOT), "").strip();
    return lower.isEmpty() ? environment.getOrDefault(name, "").strip() : lower;
  }

  /** As curl reads the list: names match themselves and what is below them. */
  private static boolean isExempt(String host, List<String> names) {
    return names.stream()
        .anyMatch(name -> name.equals("*") || host.equals(name) || host.endsWith("." + name));
  }

  /** The hosts of {@code NO_PROXY}, without stars and ports. */
  static List<String> exemptHosts(Map<String, String> environment) {
    return Arrays.stream(either(environment, "NO_PROXY").split("[,\\s|]+", -1))
        .filter(name -> !name.isEmpty())
        .map(name -> name.replaceFirst("^\\*?\\.", "").replaceFirst(":\\d+$", ""))
        .map(name -> name.toLowerCase(Locale.ROOT))
        .toList();
  }

  /** The value of {@code Proxy-Authorization}, null where the proxy is not told who asks. */
  public @Nullable String authorization() {
    if (user == null || password == null) {
      return null;
    }
    byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(login);
  }

  /** As the JDK has it. */
  Proxy toJdk() {
    URI at = address;
    return at == null
        ? Proxy.NO_PROXY
        : new Proxy(
            Proxy.Type.HTTP, InetSocketAddress.createUnresolved(at.getHost(), at.getPort()));
  }

  /** The address and where it was named; no password. */
  @Override
  public String toString() {
    return address == null ? "no proxy" : address + " (" + source + ")";
  }
}
