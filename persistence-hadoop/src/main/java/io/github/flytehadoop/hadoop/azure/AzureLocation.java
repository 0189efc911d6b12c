/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import io.github.flytehadoop.config.AzureBlobStorageConfig;
import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.StoreKind;
import org.jspecify.annotations.Nullable;

/**
 * How ABFS wants a location: {@code abfss://container@account.dfs.core.windows.net/path}. Callers
 * also write {@code abfs://container/path}, {@code az://} and {@code wasb://}; they get their own
 * string back. The account of a location wins over the configured one. Source: W-3, W-5.
 */
public final class AzureLocation {
  private AzureLocation() {}

  /**
   * The location as ABFS understands it; the path stays literal.
   *
   * @throws ConfigException if neither the location nor the configuration names an account
   */
  public static String hadoopUri(Location location, AzureBlobStorageConfig config) {
    AzureEndpoint endpoint = AzureEndpoint.of(config);
    String container = container(location);
    String scheme = scheme(location, endpoint);
    return scheme + "://" + container + "@" + accountHost(location, config) + "/" + location.key();
  }

  /**
   * The host of the account that holds a location, such as {@code acct.dfs.core.windows.net}: the
   * suffix of the account's Hadoop keys.
   *
   * @throws ConfigException as {@link #hadoopUri}
   */
  public static String accountHost(Location location, AzureBlobStorageConfig config) {
    AzureEndpoint endpoint = AzureEndpoint.of(config);
    int at = location.authority().indexOf('@');
    if (at < 0) {
      return endpoint.hostOf(known(endpoint.account(), location));
    }
    String account = location.authority().substring(at + 1);
    if (account.isEmpty()) {
      return endpoint.hostOf(known(endpoint.account(), location));
    }
    if (account.indexOf('.') < 0) {
      return endpoint.hostOf(account);
    }
    // the blob host of an account is another door to the same data, and not open to all accounts
    return account.replaceFirst("\\.blob\\.", ".dfs.");
  }

  private static String known(@Nullable String account, Location location) {
    if (account == null) {
      throw new ConfigException(
          "AzureBlobStorageConfig.accountName",
          "DataConfig",
          location
              + " names no storage account and none is configured. Set"
              + " FLYTE_AZURE_STORAGE_ACCOUNT_NAME or [azure] storage_account_name, or write"
              + " abfss://"
              + container(location)
              + "@ACCOUNT.dfs.core.windows.net/PATH.");
    }
    return account;
  }

  private static String container(Location location) {
    String authority = location.authority();
    int at = authority.indexOf('@');
    return at < 0 ? authority : authority.substring(0, at);
  }

  private static String scheme(Location location, AzureEndpoint endpoint) {
    if (endpoint.transport() == AzureEndpoint.Transport.CLEAR) {
      return StoreKind.ABFS.scheme();
    }
    boolean complete = location.authority().indexOf('@') >= 0;
    return complete ? location.scheme() : StoreKind.ABFSS.scheme();
  }
}
