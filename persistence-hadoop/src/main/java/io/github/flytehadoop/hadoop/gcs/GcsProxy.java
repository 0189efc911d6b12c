/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.hadoop.proxy.NetworkProxy;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Reads {@code fs.gs.proxy.*}. */
final class GcsProxy {
  private static final String ADDRESS = ".proxy.address";

  private GcsProxy() {}

  /** The proxy for every request, or null when no key names one. */
  static @Nullable NetworkProxy of(GcsOptions options) {
    String text = options.text(ADDRESS);
    String user = options.secret(".proxy.username");
    String password = options.secret(".proxy.password");
    if ((user == null) != (password == null)) {
      throw refused(options, "user and password of the proxy belong together. Set both or none.");
    }
    if (text.isEmpty()) {
      if (user != null) {
        throw refused(options, "a user of the proxy is set, and no proxy. Set its address.");
      }
      return null;
    }
    URI address;
    try {
      address = URI.create(text.contains("//") ? text : "http://" + text);
    } catch (IllegalArgumentException malformed) {
      throw refused(options, "it is no address. Write host:port.");
    }
    if (address.getHost() == null || address.getPort() < 0) {
      throw refused(options, "it names no host or no port. Write host:port.");
    }
    return new NetworkProxy(
        URI.create(address.getScheme() + "://" + address.getHost() + ":" + address.getPort()),
        user,
        password,
        options.named(ADDRESS));
  }

  private static ConfigException refused(GcsOptions options, String why) {
    return new ConfigException(options.named(ADDRESS), "the Hadoop configuration", why);
  }
}
