/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.doctor;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.StoreKind;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.jspecify.annotations.Nullable;

/**
 * An address of a store.
 *
 * @param host name or address
 * @param port to connect to
 * @param web how it speaks HTTP, if it does
 */
record Endpoint(String host, int port, Web web) {
  /** How an endpoint speaks HTTP. */
  enum Web {
    NONE,
    PLAIN,
    TLS
  }

  @Override
  public String toString() {
    return switch (web) {
      case NONE -> host + ":" + port;
      case PLAIN -> "http://" + host + ":" + port;
      case TLS -> "https://" + host + ":" + port;
    };
  }

  /**
   * All addresses that a location may be reached at; empty where there is nothing to connect to.
   *
   * @param location on Azure one that names its account's host
   */
  static List<Endpoint> of(Location location, Configuration effective) {
    String authority = location.authority();
    return switch (location.family()) {
      case S3 -> List.of(s3(effective));
      case GCS ->
          List.of(url(effective.get("fs.gs.storage.root.url", "https://storage.googleapis.com")));
      case AZURE -> azure(location, effective);
      case WEB -> List.of(url(location.root()));
      case HDFS -> cluster(location, effective);
      case FTP -> List.of(address(authority, port(location), Web.NONE));
      case LOCAL, OTHER -> List.of();
    };
  }

  private static List<Endpoint> cluster(Location location, Configuration effective) {
    if (location.isOf(StoreKind.VIEWFS)) {
      return List.of();
    }
    return location.isOf(StoreKind.HDFS)
        ? nameNodes(location.authority(), effective)
        : List.of(
            address(
                location.authority(),
                port(location),
                location.isOf(StoreKind.SWEBHDFS) ? Web.TLS : Web.PLAIN));
  }

  private static int port(Location location) {
    StoreKind kind = StoreKind.of(location.scheme());
    return kind == null ? -1 : kind.port();
  }

  private static Endpoint s3(Configuration effective) {
    String said = effective.getTrimmed("fs.s3a.endpoint", "");
    String region = effective.getTrimmed("fs.s3a.endpoint.region", "");
    if (said.isEmpty()) {
      said = region.isEmpty() ? "s3.amazonaws.com" : "s3." + region + ".amazonaws.com";
    }
    boolean tls = effective.getBoolean("fs.s3a.connection.ssl.enabled", true);
    return url(said.contains("://") ? said : (tls ? "https://" : "http://") + said);
  }

  private static List<Endpoint> azure(Location location, Configuration effective) {
    boolean tls =
        location.isOf(StoreKind.ABFSS) || effective.getBoolean("fs.azure.always.use.https", true);
    String account = location.authority().substring(location.authority().indexOf('@') + 1);
    String forAll = effective.getTrimmed("fs.azure.abfs.endpoint", account);
    String host = effective.getTrimmed("fs.azure.abfs.endpoint." + account, forAll);
    return List.of(url((tls ? "https://" : "http://") + host));
  }

  private static List<Endpoint> nameNodes(String authority, Configuration effective) {
    String service = authority;
    if (service.isEmpty()) {
      URI fallback = FileSystem.getDefaultUri(effective);
      service =
          StoreKind.of(fallback.getScheme()) == StoreKind.HDFS
              ? String.valueOf(fallback.getAuthority())
              : "";
    }
    List<Endpoint> found = new ArrayList<>();
    for (String node : effective.getTrimmedStrings("dfs.ha.namenodes." + service)) {
      String key = "dfs.namenode.rpc-address." + service + "." + node;
      found.add(address(effective.getTrimmed(key, node), StoreKind.HDFS.port(), Web.NONE));
    }
    if (found.isEmpty() && !service.isEmpty()) {
      found.add(address(service, StoreKind.HDFS.port(), Web.NONE));
    }
    return found;
  }

  private static Endpoint url(String text) {
    boolean tls = text.regionMatches(true, 0, "https://", 0, 8);
    String rest = text.substring(text.indexOf("://") + 3);
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    return address(authority, tls ? 443 : 80, tls ? Web.TLS : Web.PLAIN);
  }

  private static Endpoint address(String authority, int port, Web web) {
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    String given = portOf(host);
    return given == null
        ? new Endpoint(host, port, web)
        : new Endpoint(
            host.substring(0, host.length() - given.length() - 1), Integer.parseInt(given), web);
  }

  private static @Nullable String portOf(String host) {
    int colon = host.lastIndexOf(':');
    return colon > 0 && host.substring(colon + 1).matches("\\d{1,5}")
        ? host.substring(colon + 1)
        : null;
  }
}
