/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.hadoop.proxy.NetworkProxy;
import java.net.URI;
import java.util.Map;

/** Reads {@code fs.s3a.proxy.*}; where it says nothing the proxy is that of the environment. */
final class S3Proxy {
  private static final String HOST = "fs.s3a.proxy.host";
  private static final String PORT = "fs.s3a.proxy.port";
  private static final String USER = "fs.s3a.proxy.username";
  private static final String SECURED = "fs.s3a.proxy.ssl.enabled";

  private S3Proxy() {}

  static NetworkProxy of(BucketConfiguration options, Map<String, String> environment) {
    String host = options.text(HOST);
    if (host.isEmpty()) {
      if (!options.text(PORT).isEmpty()) {
        throw new ConfigException(
            PORT, "the Hadoop configuration", "it is set and " + HOST + " is not. Set both.");
      }
      S3Address address = S3Address.of(options);
      return NetworkProxy.ofEnvironment(server(address, options.bucket()), environment);
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
    return new NetworkProxy(
        URI.create((secured ? "https://" : "http://") + host + ":" + port), user, password, HOST);
  }

  private static URI server(S3Address address, String bucket) {
    URI endpoint = address.endpoint();
    String host =
        endpoint == null ? "s3." + address.region() + ".amazonaws.com" : endpoint.getHost();
    String name = address.style() == S3Address.Style.PATH ? host : bucket + "." + host;
    return URI.create((address.isSecure() ? "https://" : "http://") + name);
  }
}
