/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import io.github.flytehadoop.config.AzureBlobStorageConfig;
import io.github.flytehadoop.error.ConfigException;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where accounts are: a cloud, whose accounts are hosts below one suffix, or an emulator, whose
 * accounts are paths of one host.
 *
 * @param account the account to use where a URI names none, {@code null} when unknown
 * @param suffix what follows the account in a host name, {@code dfs.core.windows.net}
 * @param emulator {@code host:port}, {@code null} for a cloud
 * @param transport whether an emulator wants TLS
 */
record AzureEndpoint(
    @Nullable String account, String suffix, @Nullable String emulator, Transport transport) {
  /** The suffix that ABFS takes the account's name from; emulators use it too. */
  private static final String PUBLIC_CLOUD = "dfs.core.windows.net";

  private static final Pattern CLOUD =
      Pattern.compile("(?:([a-z0-9-]+)\\.)?(?:blob|dfs)\\.([a-z0-9.-]+)");

  /** How requests travel. */
  enum Transport {
    TLS,
    CLEAR
  }

  static AzureEndpoint of(AzureBlobStorageConfig config) {
    String endpoint = config.endpoint();
    if (endpoint == null) {
      return new AzureEndpoint(config.accountName(), PUBLIC_CLOUD, null, Transport.TLS);
    }
    URI uri = URI.create(endpoint);
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    Transport transport =
        "http".equalsIgnoreCase(uri.getScheme()) ? Transport.CLEAR : Transport.TLS;
    Matcher cloud = CLOUD.matcher(host);
    if (cloud.matches()) {
      return new AzureEndpoint(
          agreed(config, cloud.group(1)), "dfs." + cloud.group(2), null, transport);
    }
    String path = uri.getPath().replaceAll("^/+|/+$", "");
    int port = uri.getPort() >= 0 ? uri.getPort() : transport == Transport.CLEAR ? 80 : 443;
    return new AzureEndpoint(
        agreed(config, path.isEmpty() ? null : path), PUBLIC_CLOUD, host + ":" + port, transport);
  }

  private static @Nullable String agreed(AzureBlobStorageConfig config, @Nullable String inUrl) {
    String name = config.accountName();
    if (name == null || inUrl == null || name.equals(inUrl)) {
      return name == null ? inUrl : name;
    }
    throw new ConfigException(
        "AzureBlobStorageConfig.endpoint",
        "DataConfig",
        "it names the account "
            + inUrl
            + ", but accountName is "
            + name
            + ". Leave the account out of one of them.");
  }

  /** The host of an account, which is also how ABFS calls it in its keys. */
  String hostOf(String accountName) {
    return accountName + "." + suffix;
  }
}
