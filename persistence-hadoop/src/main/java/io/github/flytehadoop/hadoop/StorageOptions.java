/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.WriteChunkSize;
import io.github.flytehadoop.hadoop.overlay.Overlay;
import io.github.flytehadoop.hadoop.overlay.Profile;
import io.github.flytehadoop.location.Scheme;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The Hadoop keys that a file system or a call is made with. Source: OPT-SO, OPT-CK. */
public final class StorageOptions {
  private StorageOptions() {}

  /**
   * The Hadoop keys of a protocol's file system: implementation, endpoint, credentials, retries,
   * and the caller's overrides, which win. An alias such as {@code s3a} gets the same as its
   * protocol (W-5). HDFS and local files need none.
   *
   * @return sorted; it holds secrets in clear
   * @throws IllegalArgumentException if the protocol is not known; the message lists the known
   * @throws io.github.flytehadoop.error.ConfigException if the store's configuration is incomplete
   * @throws UnsupportedOperationException if the store has no anonymous access (Azure)
   */
  public static Map<String, String> forProtocol(
      String protocol, DataConfig dataConfig, FileSystemOptions options) {
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(dataConfig, "dataConfig");
    Objects.requireNonNull(options, "options");
    Overlay overlay =
        new StoreSettings(dataConfig, System.getenv(), Profile.SHARED)
            .ofStore(Scheme.canonical(protocol), options.access(), null);
    Map<String, String> keys = new TreeMap<>(overlay.values());
    keys.putAll(options.overrides());
    return Collections.unmodifiableMap(keys);
  }

  /**
   * The Hadoop keys of one call: the part size of a {@code put} to S3 or GCS, nothing otherwise.
   * Underscores in the method's name do not count.
   *
   * @throws io.github.flytehadoop.error.ConfigException if {@code _F_P_WRITE_CHUNK_SIZE} is no size
   */
  public static Map<String, String> forCall(String protocol, String methodName) {
    return forCall(protocol, methodName, System.getenv());
  }

  static Map<String, String> forCall(
      String protocol, String methodName, Map<String, String> environment) {
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(methodName, "methodName");
    if (!methodName.replace("_", "").equals("put")) {
      return Map.of();
    }
    String scheme = Scheme.canonical(protocol);
    return PartSize.keys(scheme, WriteChunkSize.fromEnvironment(environment));
  }
}
