/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import io.github.flytehadoop.error.ConfigException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint must be an http(s) URL with a host and no credentials in it; found out here, not at
 * the first request.
 */
final class EndpointUrl {
  private static final int HIGHEST_PORT = 65_535;

  private EndpointUrl() {}

  /** The endpoint without surrounding white space, {@code null} if it is blank. */
  static @Nullable String check(String key, @Nullable String endpoint) {
    return endpoint == null || endpoint.isBlank()
        ? null
        : check(key, RawValue.FROM_PROGRAM, endpoint);
  }

  static String check(String key, String origin, String endpoint) {
    String text = endpoint.strip();
    URI uri = parse(key, origin, text);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new ConfigException(
          key,
          origin,
          shown(text) + " is not an http(s) URL. Write it as http://HOST:PORT or https://HOST.");
    }
    // shown by no message from here on: what follows is where people put credentials
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new ConfigException(
          key,
          origin,
          "the URL has a user name, a query or a fragment. Keep scheme, host, port and path, and"
              + " move credentials to their own keys.");
    }
    if (uri.getHost() == null || uri.getPort() > HIGHEST_PORT) {
      throw new ConfigException(
          key,
          origin,
          shown(text)
              + " has no valid host and port. A host name has letters, digits, '-' and '.', but no"
              + " '_'.");
    }
    return text;
  }

  private static URI parse(String key, String origin, String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      // not kept as cause: its message has the whole text, credentials and all
      throw new ConfigException(
          key,
          origin,
          shown(text) + " is not a URL. Write it as http://HOST:PORT or https://HOST.");
    }
  }

  private static String shown(String text) {
    boolean mayHoldCredentials = text.indexOf('@') >= 0 || text.indexOf('?') >= 0;
    return mayHoldCredentials ? "the value" : "\"" + text + "\"";
  }
}
