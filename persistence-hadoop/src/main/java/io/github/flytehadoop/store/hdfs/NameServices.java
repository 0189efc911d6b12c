/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import io.github.flytehadoop.location.StoreKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.DFSUtilClient;

/**
 * One name for the name nodes of a cluster, however a location calls it: the name service, one of
 * its name nodes, or the address of its web server.
 */
public final class NameServices {
  private NameServices() {}

  /**
   * The name of the cluster behind an authority of {@code hdfs}, {@code webhdfs} or its TLS form.
   */
  public static String nameOf(String scheme, String authority, Configuration settings) {
    boolean rpc = StoreKind.of(scheme) == StoreKind.HDFS;
    Map<String, Map<String, InetSocketAddress>> known =
        rpc
            ? DFSUtilClient.getHaNnRpcAddresses(settings)
            : DFSUtilClient.getHaNnWebHdfsAddresses(settings, scheme);
    if (settings.getTrimmedStringCollection("dfs.nameservices").contains(authority)) {
      return authority;
    }
    int port = usualPort(scheme);
    String here = hostAndPort(authority, port);
    for (Map.Entry<String, Map<String, InetSocketAddress>> service : known.entrySet()) {
      if (service.getKey() != null && hasNode(service.getValue(), here, port)) {
        return service.getKey();
      }
    }
    return rpc ? here : behindWeb(scheme, here, settings);
  }

  private static int usualPort(String scheme) {
    StoreKind kind = StoreKind.of(scheme);
    return (kind == null ? StoreKind.SWEBHDFS : kind).port();
  }

  private static boolean hasNode(Map<String, InetSocketAddress> nodes, String here, int port) {
    return nodes.values().stream()
        .anyMatch(
            node -> hostAndPort(node.getHostString() + ":" + node.getPort(), port).equals(here));
  }

  private static String behindWeb(String scheme, String here, Configuration settings) {
    String web = settings.getTrimmed(webKey(scheme), "");
    boolean known = !web.isEmpty() && hostAndPort(web, usualPort(scheme)).equals(here);
    return known ? hostAndPort(rpcAddress(settings, here), StoreKind.HDFS.port()) : here;
  }

  private static String webKey(String scheme) {
    return StoreKind.of(scheme) == StoreKind.SWEBHDFS
        ? "dfs.namenode.https-address"
        : "dfs.namenode.http-address";
  }

  private static String rpcAddress(Configuration settings, String otherwise) {
    URI standard = URI.create(settings.getTrimmed("fs.defaultFS", StoreKind.FILE.prefix() + "/"));
    String rpc = settings.getTrimmed("dfs.namenode.rpc-address", "");
    boolean hdfs =
        StoreKind.of(standard.getScheme()) == StoreKind.HDFS && standard.getAuthority() != null;
    return rpc.isEmpty() ? hdfs ? standard.getAuthority() : otherwise : rpc;
  }

  /** A host by its address, this machine as {@code localhost}, and no port when it is the usual. */
  public static String hostAndPort(String authority, int usualPort) {
    int user = authority.lastIndexOf('@');
    String server = authority.substring(user + 1);
    int colon = server.lastIndexOf(':');
    boolean ported = colon >= 0 && server.indexOf(']') < colon;
    String host = ported ? server.substring(0, colon) : server;
    String port = ported ? server.substring(colon + 1) : String.valueOf(usualPort);
    String login = authority.substring(0, user + 1);
    return login
        + address(host)
        + (usualPort < 0 || port.equals(String.valueOf(usualPort)) ? "" : ":" + port);
  }

  private static String address(String host) {
    if (host.isEmpty()) {
      return host;
    }
    try {
      InetAddress address = InetAddress.getByName(host);
      boolean own =
          address.isLoopbackAddress()
              || address.isAnyLocalAddress()
              || NetworkInterface.getByInetAddress(address) != null;
      return own ? "localhost" : address.getHostAddress();
    } catch (UnknownHostException | SocketException unknown) {
      return host.toLowerCase(Locale.ROOT);
    }
  }
}
