/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import io.github.flytehadoop.location.StoreKind;
import java.net.URI;

/**
 * Says where the blobs of an account are: a host of its own in a cloud, or a path of an emulator's.
 *
 * @param endpoint scheme, host and port
 * @param path of the account below the endpoint, empty in a cloud
 */
record AzureAddress(URI endpoint, String path) {
  /** Reads it from the keys, as ABFS does. */
  static AzureAddress of(String scheme, AccountConfiguration options) {
    boolean tls =
        StoreKind.of(scheme) == StoreKind.ABFSS || options.flag(AzureKey.ALWAYS_HTTPS.key(), true);
    String protocol = tls ? "https://" : "http://";
    String emulator = options.text(AzureKey.ENDPOINT.key());
    return emulator.contains(":")
        ? new AzureAddress(URI.create(protocol + emulator), "/" + options.account())
        : new AzureAddress(
            URI.create(protocol + options.host().replaceFirst("\\.dfs\\.", ".blob.")), "");
  }

  /** Where the SDK takes the account to be, which does not know every host with paths. */
  String sdkEndpoint(String account) {
    return path.isEmpty() ? endpoint.toString() : "https://" + account + ".blob.core.windows.net";
  }
}
