/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import io.github.flytehadoop.hadoop.proxy.Proxies;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * Holds everything that our client of Google Cloud Storage is made of. This is the one place where
 * the effective {@code fs.gs.*} keys are read for it. Making it asks nobody: credentials are looked
 * for with the first request.
 *
 * @param rootUrl where the store is
 * @param servicePath of the JSON API
 * @param applicationName what the store is told about us
 * @param headers that every request carries
 * @param proxies how the network is left
 * @param timeouts how long to wait for the network
 * @param retries how often a request is sent again
 * @param payer who pays where the owner of a bucket does not
 * @param encryption the user's own key
 * @param sizes how much one request does
 * @param credentials who asks
 * @param identity a digest of what tells one who asks from another
 */
public record GcsClientSettings(
    String rootUrl,
    String servicePath,
    String applicationName,
    Map<String, String> headers,
    Proxies proxies,
    Timeouts timeouts,
    Retries retries,
    GcsPayer payer,
    GcsEncryption encryption,
    Sizes sizes,
    GcsCredentials credentials,
    String identity) {
  private static final String NAME = "flyte-hadoop";
  private static final int DEFAULT_RETRIES = 10;
  private static final long DEFAULT_TIMEOUT_MILLIS = 5_000;
  private static final long DEFAULT_PAGE = 5_000;
  private static final long DEFAULT_REWRITE_BYTES = 512L << 20;
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);

  private static final List<String> OF_IDENTITY =
      List.of(
          ".storage.root.url",
          ".auth.type",
          ".auth.service.account.json.keyfile",
          ".auth.workload.identity.federation.credential.config.file",
          ".auth.access.token.provider",
          ".auth.impersonation.service.account",
          ".auth.client.id",
          ".token.server.url");
  private static final List<String> SECRETS_OF_IDENTITY =
      List.of(".auth.refresh.token", ".encryption.key");

  /**
   * How long to wait for the network.
   *
   * @param connect for a connection
   * @param silence for the next byte on a connection
   */
  public record Timeouts(Duration connect, Duration silence) {}

  /**
   * How often a request is sent again.
   *
   * @param most after an answer that may pass, or a broken connection
   * @param firstWait doubles with each try
   */
  public record Retries(int most, Duration firstWait) {}

  /**
   * How much one request does.
   *
   * @param page entries of a listing
   * @param rewriteBytes that the store copies before it answers
   */
  public record Sizes(long page, long rewriteBytes) {}

  /** Copies the headers. */
  public GcsClientSettings {
    headers = Map.copyOf(headers);
  }

  /**
   * Reads the keys.
   *
   * @throws io.github.flytehadoop.error.ConfigException when a value cannot be used
   */
  public static GcsClientSettings of(Configuration conf) {
    return of(conf, System.getenv());
  }

  static GcsClientSettings of(Configuration conf, Map<String, String> environment) {
    GcsOptions options = new GcsOptions(conf);
    Proxies proxies = new Proxies(GcsProxy.of(options), environment);
    Timeouts timeouts =
        new Timeouts(
            Duration.ofMillis(options.millis(".http.connect-timeout", DEFAULT_TIMEOUT_MILLIS)),
            Duration.ofMillis(options.millis(".http.read-timeout", DEFAULT_TIMEOUT_MILLIS)));
    return new GcsClientSettings(
        ended(options.textOr(".storage.root.url", "https://storage.googleapis.com/")),
        ended(options.textOr(".storage.service.path", "storage/v1/")),
        NAME + options.text(".application.name.suffix"),
        options.below(".storage.http.headers."),
        proxies,
        timeouts,
        new Retries(
            (int) Math.max(0, options.number(".http.max.retry", DEFAULT_RETRIES)), FIRST_WAIT),
        GcsPayer.of(options),
        GcsEncryption.of(options),
        new Sizes(
            Math.max(1, options.number(".list.max.items.per.call", DEFAULT_PAGE)),
            options.number(".rewrite.max.chunk.size", DEFAULT_REWRITE_BYTES)),
        new GcsCredentials(options),
        identity(options));
  }

  private static String ended(String path) {
    return path.endsWith("/") ? path : path + "/";
  }

  /** A digest: equal for equal values, and no way back to them. */
  private static String identity(GcsOptions options) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
    OF_IDENTITY.forEach(key -> add(digest, options.text(key)));
    SECRETS_OF_IDENTITY.forEach(key -> add(digest, String.valueOf(options.secret(key))));
    add(digest, options.below(".auth.impersonation.service.account.for.").toString());
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }

  /** Whether one who asks here is the same who asks there. */
  public boolean isSameIdentity(GcsClientSettings other) {
    return identity.equals(other.identity);
  }

  /** Where the store is, and no secret. */
  @Override
  public String toString() {
    return "GcsClientSettings[" + rootUrl + ", " + credentials + "]";
  }
}
