/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import io.github.flytehadoop.hadoop.request.AdaptiveConcurrencyLimit;
import io.github.flytehadoop.hadoop.request.RetryVerdict;
import io.github.flytehadoop.hadoop.s3.crt.NativeLibrary;
import io.github.flytehadoop.hadoop.s3.crt.NoConnectionException;
import io.github.flytehadoop.hadoop.s3.crt.NotNativeException;
import io.github.flytehadoop.hadoop.s3.http.ClockSkew;
import io.github.flytehadoop.hadoop.s3.http.RequestMeter;
import io.github.flytehadoop.hadoop.s3.http.S3Totals;
import io.github.flytehadoop.hadoop.s3.message.S3Answer;
import io.github.flytehadoop.hadoop.s3.message.S3Body;
import io.github.flytehadoop.hadoop.s3.message.S3Message;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The requests of one identity to one bucket. It sends them again as {@link S3RetryRules} say,
 * follows the bucket to its region and a temporary redirect to its host, and learns what the store
 * cannot do. Thread-safe.
 */
public final class S3Connection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(S3Connection.class);

  private static final int MOST_MOVES = 3;

  /** One request, or several that belong together. */
  public interface Request<T> {
    /** Sends it; called again for another try. */
    T send(S3Client client) throws IOException;
  }

  private final S3ClientSettings settings;
  private final RequestMeter meter = new RequestMeter();
  private final AdaptiveConcurrencyLimit pace = new AdaptiveConcurrencyLimit();
  private final S3RetryRules rules;
  private final SdkClients clients;
  private final ClockSkew clock = new ClockSkew();
  private final S3Courses courses;
  private final @Nullable NativeClient natively;
  private volatile boolean nativeFails;

  /** A connection that has sent nothing yet. */
  public S3Connection(S3ClientSettings settings) {
    this.settings = settings;
    this.courses = new S3Courses(settings.bucket(), settings.address());
    this.rules = new S3RetryRules(settings.retries());
    this.clients = new SdkClients(settings, meter, pace, clock);
    boolean library = settings.nativeAllowed() && NativeLibrary.problem().isEmpty();
    this.natively = library ? NativeClient.of(settings, meter, pace) : null;
  }

  /** What it is made of. */
  public S3ClientSettings settings() {
    return settings;
  }

  /** The HTTP requests that it has sent so far, by class, repeated ones too. */
  public Map<String, Long> requests() {
    return meter.counts();
  }

  /**
   * Sends a request until it is answered or nothing helps.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException as the SDK names the failure
   * @throws IOException when the body of an answer breaks off
   */
  public <T> T call(Request<T> request) throws IOException {
    return repeat((where, how) -> request.send(clients.at(where, SdkClients.Chunks.SIGNED)), false);
  }

  /** One request that native code can carry as well as the SDK. */
  public interface Carried<T> {
    /** Sends it by one of the ways; called again for another try. */
    T send(Ways ways) throws IOException;
  }

  /** The same for an answer that is read while it arrives. */
  public <T> T read(Carried<T> request) throws IOException {
    return repeat((where, how) -> request.send(new Ways(where, SdkClients.Chunks.SIGNED)), false);
  }

  /** The same for a request with a body, which is opened anew for another try. */
  public <T> T upload(Carried<T> request) throws IOException {
    return repeat((where, how) -> request.send(new Ways(where, how)), true);
  }

  /** How one try reaches the bucket; what is not asked for is not set up. */
  public final class Ways {
    private final S3Address where;
    private final SdkClients.Chunks how;

    private Ways(S3Address where, SdkClients.Chunks how) {
      this.where = where;
      this.how = how;
    }

    /** The SDK's client. */
    public S3Client sdk() {
      return clients.at(where, how);
    }

    /** Opens an answer by native code; null when the SDK has to. */
    public @Nullable S3Body open(S3Message message) throws IOException {
      return natively(client -> client.open(message, where, clock.clock().instant()));
    }

    /**
     * Sends a message with a body by native code; null when the SDK has to.
     *
     * @param message with the length of the body as a header
     */
    public @Nullable S3Answer send(S3Message message, ContentStreamProvider body)
        throws IOException {
      return natively(client -> client.upload(message, body, where, clock.clock().instant()));
    }

    private <T> @Nullable T natively(Native<T> sending) throws IOException {
      NativeClient client = natively;
      if (client == null || nativeFails) {
        return null;
      }
      try {
        return sending.send(client);
      } catch (NotNativeException | SSLHandshakeException failure) {
        leaveToTheSdk(failure);
        return null;
      } catch (NoConnectionException busy) {
        return null; // those who hold them may wait for this request: the SDK has others
      }
    }
  }

  /** One request by native code, or null where it cannot. */
  private interface Native<T> {
    @Nullable T send(NativeClient client) throws IOException;
  }

  /**
   * Reserves memory for bytes that native code sends or receives as a whole, to be released by
   * {@link #release}.
   *
   * @return false when the SDK's client has to move them
   */
  public boolean reserve(long bytes) {
    NativeClient client = natively;
    return client != null && !nativeFails && client.reserve(bytes);
  }

  /** Gives back what was reserved. */
  public void release(long bytes) {
    if (natively != null) {
      natively.release(bytes);
    }
  }

  /**
   * Sends a request by native code, as {@link #call} does; the memory for its bytes has been
   * reserved.
   *
   * @throws NotNativeException when another client has to send this request and all others
   */
  public S3Answer send(S3Message message) throws IOException {
    return receive(message, answer -> answer);
  }

  /** What an answer says. */
  public interface Reading<T> {
    /** Reads it; a {@link software.amazon.awssdk.core.exception.RetryableException} asks anew. */
    T read(S3Answer answer);
  }

  /** The same, where an answer may turn out to be none. */
  public <T> T receive(S3Message message, Reading<T> reading) throws IOException {
    NativeClient client = Objects.requireNonNull(natively, "natively");
    return repeat(
        (where, how) -> {
          try {
            return reading.read(client.send(message, where, clock.clock().instant()));
          } catch (NotNativeException | SSLHandshakeException failure) {
            throw leaveToTheSdk(failure);
          }
        },
        false);
  }

  /** What Java trusts, or shows of itself, native code may not; and it does not say why. */
  private NotNativeException leaveToTheSdk(Exception failure) {
    nativeFails = true;
    LOG.info(
        "{} is served by Java from now on, and not by native code: {}",
        settings.bucket(),
        failure.getMessage());
    return failure instanceof NotNativeException known
        ? known
        : new NotNativeException("native code cannot connect", failure);
  }

  /** One try at an address. */
  private interface Attempt<T> {
    T send(S3Address where, SdkClients.Chunks how) throws IOException;
  }

  private <T> T repeat(Attempt<T> attempt, boolean chunked) throws IOException {
    S3Courses.Course course = courses.first();
    for (int tries = 1; ; tries++) {
      S3Address where = courses.address(course);
      try {
        T result = attempt.send(where, course.how());
        if (chunked) {
          courses.taken(course);
        }
        return result;
      } catch (AwsServiceException refusal) {
        AwsServiceException told = clock.noted(refusal);
        refuseAnswerOfProxy(told);
        S3Courses.Course next =
            tries > MOST_MOVES ? null : courses.another(course, told, where, chunked);
        if (next == null) {
          pauseOrThrow(told, tries);
        } else {
          course = next;
        }
      } catch (IOException | RuntimeException broken) {
        pauseOrThrow(broken, tries);
      }
    }
  }

  /** A proxy has no request id, and its page no error code. */
  private void refuseAnswerOfProxy(AwsServiceException told) {
    boolean silent = told.requestId() == null && S3Courses.codeOf(told).isEmpty();
    if (settings.proxy().address() != null && (told.statusCode() == 407 || silent)) {
      throw new S3ProxyException(settings.proxy(), told.statusCode(), told);
    }
  }

  private void pauseOrThrow(Exception failure, int tries) throws IOException {
    RetryVerdict verdict = S3RetryRules.verdict(failure);
    if (!rules.mayTryAgain(verdict, tries)) {
      throw verdict == RetryVerdict.DEAD ? dead(failure, tries) : failed(failure);
    }
    try {
      S3Totals.again();
      Thread.sleep(rules.waitMillis(verdict, tries));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted before another try", failure);
    }
  }

  private static RuntimeException dead(Exception failure, int tries) {
    return SdkClientException.create("after " + tries + " tries: " + failure.getMessage(), failure);
  }

  private static RuntimeException failed(Exception failure) throws IOException {
    if (failure instanceof IOException broken) {
      throw broken;
    }
    throw (RuntimeException) failure;
  }

  @Override
  public void close() {
    if (natively != null) {
      natively.close();
    }
    clients.close();
  }
}
