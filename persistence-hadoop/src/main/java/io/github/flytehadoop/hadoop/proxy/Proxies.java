/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The proxy for each server that a client asks: the one that settings name, for all; else that of
 * the JVM ({@code https.proxyHost}); else that of the environment. Thread-safe.
 */
public final class Proxies extends ProxySelector {
  private final @Nullable NetworkProxy named;
  private final Map<String, String> environment;

  /**
   * Proxies of one client.
   *
   * @param named by its settings, or null
   */
  public Proxies(@Nullable NetworkProxy named, Map<String, String> environment) {
    this.named = named;
    this.environment = Map.copyOf(environment);
  }

  /** The one that the settings name, or null. */
  public @Nullable NetworkProxy named() {
    return named;
  }

  /** The proxy between this machine and a server. */
  public NetworkProxy of(URI server) {
    if (named != null) {
      return named;
    }
    String property = server.getScheme() + ".proxyHost";
    String host = System.getProperty(property, "");
    return host.isBlank() || JvmProxies.isTaken(server.getScheme(), environment)
        ? NetworkProxy.ofEnvironment(server, environment)
        : ofJvm(server, property);
  }

  private static NetworkProxy ofJvm(URI server, String property) {
    ProxySelector ofJvm = ProxySelector.getDefault();
    for (Proxy proxy : ofJvm == null ? List.<Proxy>of() : ofJvm.select(server)) {
      if (proxy.type() == Proxy.Type.HTTP && proxy.address() instanceof InetSocketAddress at) {
        return new NetworkProxy(
            URI.create("http://" + at.getHostString() + ":" + at.getPort()),
            System.getProperty(server.getScheme() + ".proxyUser"),
            System.getProperty(server.getScheme() + ".proxyPassword"),
            property);
      }
    }
    return NetworkProxy.NONE;
  }

  @Override
  public List<Proxy> select(URI uri) {
    return List.of(of(uri).toJdk());
  }

  @Override
  public void connectFailed(URI uri, SocketAddress sa, IOException ioe) {}
}
