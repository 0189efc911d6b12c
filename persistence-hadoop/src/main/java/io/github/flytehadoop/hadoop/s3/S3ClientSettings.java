/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import io.github.flytehadoop.hadoop.proxy.NetworkProxy;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Holds everything that a client of one bucket is made of. This is the one place where the
 * effective {@code fs.s3a.*} keys of a bucket are read, so every client of it goes to the same
 * place as the same user.
 *
 * @param bucket the name
 * @param address where the bucket is
 * @param credentials who asks; may hold a connection, closed with the client
 * @param request what every request carries
 * @param objects what writes and reads of objects carry
 * @param proxy how the network is left
 * @param timeouts how long to wait for the network
 * @param retries how often a request is sent again
 * @param connections the most at once
 * @param identity a digest of what tells the owner of one bucket from that of another
 * @param nativeAllowed whether native code may send requests
 */
public record S3ClientSettings(
    String bucket,
    S3Address address,
    AwsCredentialsProvider credentials,
    RequestHeaders request,
    S3ObjectOptions objects,
    NetworkProxy proxy,
    Timeouts timeouts,
    Retries retries,
    int connections,
    String identity,
    boolean nativeAllowed) {

  private static final int DEFAULT_CONNECTIONS = 500;
  private static final int DEFAULT_ATTEMPTS = 5;
  private static final int DEFAULT_LIMIT = 7;
  private static final int DEFAULT_THROTTLE_LIMIT = 20;
  private static final long DEFAULT_WAIT_MILLIS = 500;
  private static final long DEFAULT_CONNECT_MILLIS = 30_000;
  private static final long DEFAULT_SILENCE_MILLIS = 60_000;

  /**
   * What every request carries.
   *
   * @param userAgent prefix of the user agent
   * @param custom header names and values
   */
  public record RequestHeaders(String userAgent, Map<String, String> custom) {
    /** Copies the headers. */
    public RequestHeaders {
      custom = Map.copyOf(custom);
    }
  }

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
   * @param mostThrottled after an answer that asks for fewer requests
   * @param firstWait doubles with each try
   * @param firstWaitThrottled the same for such an answer
   */
  public record Retries(
      int most, int mostThrottled, Duration firstWait, Duration firstWaitThrottled) {}

  /** Refuses null. */
  public S3ClientSettings {
    Objects.requireNonNull(bucket, "bucket");
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(credentials, "credentials");
  }

  /**
   * Reads the keys.
   *
   * @param bucket the name
   * @param general the Configuration of S3; options of the bucket in it win
   * @throws io.github.flytehadoop.error.ConfigException when a value cannot be used
   */
  public static S3ClientSettings of(String bucket, Configuration general) {
    BucketConfiguration options = BucketConfiguration.of(bucket, general);
    return new S3ClientSettings(
        bucket,
        S3Address.of(options),
        new S3CredentialSources(options).provider(),
        headers(options),
        S3ObjectOptions.of(options),
        S3Proxy.of(options, System.getenv()),
        new Timeouts(
            Duration.ofMillis(
                options.millis("fs.s3a.connection.establish.timeout", DEFAULT_CONNECT_MILLIS)),
            silence(options)),
        retries(options),
        Math.max(1, options.number("fs.s3a.connection.maximum", DEFAULT_CONNECTIONS)),
        S3Identity.of(options),
        !options.text(S3Clients.CLIENT).equals("sdk"));
  }

  private static RequestHeaders headers(BucketConfiguration options) {
    return new RequestHeaders(
        options.text(S3Key.USER_AGENT.key()),
        CustomHeaders.parse(options.text(CustomHeaders.KEY), CustomHeaders.KEY));
  }

  private static Duration silence(BucketConfiguration options) {
    long millis = options.millis(S3Key.IDLE_TIMEOUT.key(), DEFAULT_SILENCE_MILLIS);
    return Duration.ofMillis(millis > 0 ? millis : DEFAULT_SILENCE_MILLIS);
  }

  /** S3A has two numbers, one inside of the other; here they add up. */
  private static Retries retries(BucketConfiguration options) {
    int inner = Math.max(0, options.number(S3Key.SDK_RETRIES.key(), DEFAULT_ATTEMPTS));
    return new Retries(
        inner + Math.max(0, options.number(S3Key.RETRY_LIMIT.key(), DEFAULT_LIMIT)),
        inner + Math.max(0, options.number(S3Key.THROTTLE_LIMIT.key(), DEFAULT_THROTTLE_LIMIT)),
        Duration.ofMillis(options.millis(S3Key.RETRY_INTERVAL.key(), DEFAULT_WAIT_MILLIS)),
        Duration.ofMillis(options.millis(S3Key.THROTTLE_INTERVAL.key(), DEFAULT_WAIT_MILLIS)));
  }

  /** Whether the owner of one bucket is known in the other, so that it can copy between them. */
  public boolean isSameIdentity(S3ClientSettings other) {
    return identity.equals(other.identity);
  }

  /** Where the bucket is, and no secret. */
  @Override
  public String toString() {
    return "S3ClientSettings[" + bucket + " at " + address + "]";
  }
}
