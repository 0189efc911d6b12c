/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.proxy;

import io.github.flytehadoop.error.ConfigException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells a JVM that is ours alone of the proxies of its environment: Hadoop's clients ask it. */
public final class JvmProxies {
  private static final String TUNNEL_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";
  private static final String EXEMPT = "http.nonProxyHosts";

  private JvmProxies() {}

  /**
   * Sets the properties that nobody has set. A variable that names no proxy is left to the client
   * that needs one, which refuses it. Nothing is logged: a program calls this first, before it has
   * said how much is to be logged, and the first logger settles that.
   */
  public static void take(Map<String, String> environment) {
    // a password for a proxy travels to that proxy, whoever is asked behind it
    setIfAbsent(TUNNEL_SCHEMES, "");
    for (String scheme : new String[] {"http", "https"}) {
      NetworkProxy proxy = named(scheme, environment);
      if (proxy != null && System.getProperty(scheme + ".proxyHost") == null) {
        take(scheme, proxy, environment);
      }
    }
  }

  /** Null for a variable that names no proxy: its client refuses it. */
  private static @Nullable NetworkProxy named(String scheme, Map<String, String> environment) {
    try {
      return NetworkProxy.ofEnvironment(URI.create(scheme + "://any.invalid"), environment);
    } catch (ConfigException unusable) {
      return null;
    }
  }

  /** Whether the JVM has its proxy from the environment, which says more of it. */
  static boolean isTaken(String scheme, Map<String, String> environment) {
    NetworkProxy proxy = named(scheme, environment);
    URI address = proxy == null ? null : proxy.address();
    return address != null
        && address.getHost().equals(System.getProperty(scheme + ".proxyHost"))
        && Integer.toString(address.getPort()).equals(System.getProperty(scheme + ".proxyPort"));
  }

  private static void take(String scheme, NetworkProxy proxy, Map<String, String> environment) {
    URI address = proxy.address();
    if (address == null) {
      return;
    }
    System.setProperty(scheme + ".proxyHost", address.getHost());
    System.setProperty(scheme + ".proxyPort", Integer.toString(address.getPort()));
    setIfAbsent(EXEMPT, exempt(environment));
    String user = proxy.user();
    String password = proxy.password();
    if (user != null && password != null) {
      Authenticator.setDefault(new Login(address, user, password));
    }
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** In the words of the JVM; its machine's own addresses are asked directly. */
  private static String exempt(Map<String, String> environment) {
    return "169.254.*|metadata.google.internal"
        + NetworkProxy.exemptHosts(environment).stream()
            .map(name -> name.equals("*") ? "|*" : "|" + name + "|*." + name)
            .collect(Collectors.joining());
  }

  /** Shows a password to one proxy and to nobody else. */
  private static final class Login extends Authenticator {
    private final URI proxy;
    private final String user;
    private final String password;

    Login(URI proxy, String user, String password) {
      this.proxy = proxy;
      this.user = user;
      this.password = password;
    }

    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
      boolean asked =
          getRequestorType() == RequestorType.PROXY
              && proxy.getHost().equalsIgnoreCase(getRequestingHost())
              && proxy.getPort() == getRequestingPort();
      return asked ? new PasswordAuthentication(user, password.toCharArray()) : null;
    }
  }
}
