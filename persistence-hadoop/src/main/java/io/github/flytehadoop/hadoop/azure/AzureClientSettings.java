/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import io.github.flytehadoop.hadoop.proxy.Proxies;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Holds everything that a client of one container is made of. This is the one place where the
 * effective {@code fs.azure.*} keys of an account are read for it.
 *
 * @param container the name
 * @param account the name of the account
 * @param address where its blobs are
 * @param identity who asks
 * @param customerKey the key to encrypt with, in Base64, or null
 * @param userAgent prefix of the user agent
 * @param timeouts how long to wait for the network
 * @param retries how often a request is sent again
 * @param proxies how the network is left
 */
public record AzureClientSettings(
    String container,
    String account,
    AzureAddress address,
    AzureIdentity identity,
    @Nullable String customerKey,
    String userAgent,
    Timeouts timeouts,
    Retries retries,
    Proxies proxies) {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 30_000;
  private static final int RETRIES = 30;
  private static final int WAIT_MILLIS = 500;
  private static final int LONGEST_WAIT_MILLIS = 25_000;

  /**
   * How long to wait for the network.
   *
   * @param connect for a connection
   * @param silence for an answer, and for the next byte of it
   */
  public record Timeouts(Duration connect, Duration silence) {}

  /**
   * How often a request is sent again.
   *
   * @param most tries after the first
   * @param firstWait doubles with each try
   * @param longestWait until it is this long
   */
  public record Retries(int most, Duration firstWait, Duration longestWait) {}

  /**
   * Reads the keys.
   *
   * @param root {@code abfs://container@host/}
   * @param conf the Configuration; options of the account in it win
   * @throws AzureLoginException when something to log in with is missing
   * @throws io.github.flytehadoop.error.ConfigException when a value cannot be used
   */
  public static AzureClientSettings of(URI root, Configuration conf) throws IOException {
    return of(root, conf, System.getenv());
  }

  static AzureClientSettings of(URI root, Configuration conf, Map<String, String> environment)
      throws IOException {
    AccountConfiguration options = options(root, conf);
    Proxies proxies = new Proxies(null, environment);
    Timeouts timeouts =
        new Timeouts(
            millis(options, "fs.azure.http.connection.timeout", CONNECT_MILLIS),
            millis(options, "fs.azure.http.read.timeout", READ_MILLIS));
    Retries retries =
        new Retries(
            Math.max(0, options.number(AzureKey.MAX_RETRIES.key(), RETRIES)),
            millis(options, AzureKey.RETRY_INTERVAL.key(), WAIT_MILLIS),
            millis(options, AzureKey.RETRY_MAX_INTERVAL.key(), LONGEST_WAIT_MILLIS));
    return new AzureClientSettings(
        options.container(),
        options.account(),
        AzureAddress.of(String.valueOf(root.getScheme()), options),
        AzureIdentity.of(options, timeouts),
        options.secret(AzureKey.CLIENT_ENCRYPTION_KEY.key()),
        options.text("fs.azure.user.agent.prefix"),
        timeouts,
        retries,
        proxies);
  }

  static AccountConfiguration options(URI root, Configuration conf) {
    String authority = root.getAuthority();
    int at = authority.indexOf('@');
    return new AccountConfiguration(authority.substring(0, at), authority.substring(at + 1), conf);
  }

  private static Duration millis(AccountConfiguration options, String key, int byDefault) {
    return Duration.ofMillis(options.number(key, byDefault));
  }

  /** Where the container is, and no secret. */
  @Override
  public String toString() {
    return "AzureClientSettings[" + container + " at " + address.endpoint() + address.path() + "]";
  }
}
