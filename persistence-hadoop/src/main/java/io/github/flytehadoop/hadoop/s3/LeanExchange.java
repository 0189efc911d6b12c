/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.s3a.S3ClientFactory.S3ClientCreationParameters;
import org.apache.hadoop.fs.s3a.statistics.StatisticsFromAwsSdk;
import org.apache.hadoop.util.VersionInfo;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Signs requests, sends them, and sends them again where the SDK would: after a broken connection,
 * an answer that says so, or a wrong clock, as often as S3A tells the SDK, with waits of full
 * jitter. Failures are those of the SDK. One serves all threads.
 */
final class LeanExchange implements AutoCloseable {
  private static final int DEFAULT_RETRIES = 5;
  private static final long FIRST_WAIT_MILLIS = 100;
  private static final long FIRST_WAIT_OF_THROTTLED_MILLIS = 500;
  private static final long LONGEST_WAIT_MILLIS = 20_000;

  /** What comes of an answer, while its body is still to be read. */
  interface Reading<T> {
    /**
     * Reads an answer with a good status.
     *
     * @throws SdkException when it is not one to the request
     */
    T read(HttpExecuteResponse answer) throws IOException;
  }

  private final SdkHttpClient http;
  private final LeanAddress address;
  private final AwsCredentialsProvider credentials;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final @Nullable StatisticsFromAwsSdk statistics;
  private final Map<String, String> headers;
  private final boolean requesterPays;
  private final String userAgent;
  private final int retries;
  private final Pace pace;
  private final SendingWatch watch;
  private final StoreClock clock = new StoreClock();

  LeanExchange(
      SdkHttpClient http,
      LeanAddress address,
      S3ClientCreationParameters parameters,
      Configuration conf) {
    this.http = http;
    this.address = address;
    this.credentials = parameters.getCredentialSet();
    this.statistics = parameters.getMetrics();
    this.headers = Map.copyOf(parameters.getHeaders());
    this.requesterPays = parameters.isRequesterPays();
    String suffix = parameters.getUserAgentSuffix();
    this.userAgent =
        conf.getTrimmed(S3Key.USER_AGENT.key(), "")
            + ", Hadoop "
            + VersionInfo.getVersion()
            + (suffix == null || suffix.isEmpty() ? "" : " " + suffix);
    this.retries = Math.max(0, conf.getInt(S3Key.SDK_RETRIES.key(), DEFAULT_RETRIES));
    this.pace = Pacing.paceOf(parameters.getExecutionInterceptors());
    this.watch =
        new SendingWatch(
            Duration.ofMillis(
                conf.getTimeDuration(
                    S3Key.IDLE_TIMEOUT.key(),
                    SendingWatch.LONGEST_SILENCE.toMillis(),
                    TimeUnit.MILLISECONDS)));
  }

  LeanAddress address() {
    return address;
  }

  /**
   * Sends a request until it is answered.
   *
   * @param request without signature
   * @param body null for a request without one; opened anew for each try
   * @throws SdkException as the SDK would throw it
   */
  <T> T send(SdkHttpFullRequest.Builder request, @Nullable ExactBody body, Reading<T> reading) {
    headers.forEach(request::putHeader);
    if (requesterPays) {
      request.putHeader("x-amz-request-payer", "requester");
    }
    request.putHeader("User-Agent", userAgent);
    SdkHttpFullRequest unsigned = request.build();
    for (int attempt = 0; ; attempt++) {
      try {
        T result = attempt(unsigned, body, reading);
        count(false, false);
        return result;
      } catch (SdkException failure) {
        boolean again = attempt < retries && mayPass(failure);
        count(again, RetryUtils.isThrottlingException(failure));
        if (!again) {
          throw failure;
        }
        pause(attempt, failure);
      }
    }
  }

  private <T> T attempt(SdkHttpFullRequest unsigned, @Nullable ExactBody body, Reading<T> reading) {
    SignedRequest signed = signed(unsigned, body);
    Pace.Turn turn = begin();
    try {
      HttpExecuteResponse answer = execute(signed.request(), signed.payload().orElse(body));
      pacing(turn, answer);
      if (!answer.httpResponse().isSuccessful()) {
        throw clock.noted(RestFailure.of(unsigned, answer));
      }
      return reading.read(answer);
    } catch (IOException failure) {
      throw broken(failure);
    } finally {
      pace.end();
    }
  }

  private Pace.Turn begin() {
    try {
      return pace.begin();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted while the store wants fewer requests");
    }
  }

  private void pacing(Pace.Turn turn, HttpExecuteResponse answer) {
    if (Pacing.isRefusal(answer.httpResponse())) {
      pace.refused(turn, Pacing.comeBackAfter(answer.httpResponse()));
    } else {
      pace.went();
    }
  }

  private HttpExecuteResponse execute(SdkHttpRequest request, @Nullable ContentStreamProvider body)
      throws IOException {
    HttpExecuteRequest.Builder executed = HttpExecuteRequest.builder().request(request);
    if (body == null) {
      return http.prepareRequest(executed.build()).call();
    }
    try (SendingWatch.Sending sending = watch.sending(body)) {
      ExecutableHttpRequest call =
          http.prepareRequest(executed.contentStreamProvider(sending).build());
      sending.abortable(call);
      return call.call();
    }
  }

  /** Over plain HTTP signatures cover the bytes, chunk by chunk, so that they are read once. */
  private SignedRequest signed(SdkHttpFullRequest unsigned, @Nullable ExactBody body) {
    AwsCredentials identity = credentials.resolveCredentials();
    if (identity.accessKeyId() == null || identity.secretAccessKey() == null) {
      return SignedRequest.builder().request(unsigned).build();
    }
    SignRequest.Builder<AwsCredentialsIdentity> what =
        SignRequest.<AwsCredentialsIdentity>builder(identity)
            .request(unsigned)
            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
            .putProperty(AwsV4HttpSigner.REGION_NAME, address.region())
            .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
            .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
            .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, !address.isSecure())
            .putProperty(HttpSigner.SIGNING_CLOCK, clock.clock());
    if (body != null) {
      what.payload(body).putProperty(AwsV4HttpSigner.CHUNK_ENCODING_ENABLED, true);
      if (body.checksum() != null) {
        what.putProperty(AwsV4HttpSigner.CHECKSUM_ALGORITHM, body.checksum());
      }
    }
    return signer.sign(what.build());
  }

  private static SdkClientException broken(IOException failure) {
    return Thread.currentThread().isInterrupted()
        ? AbortedException.create("Thread was interrupted", failure)
        : SdkClientException.create(
            "Unable to execute HTTP request: " + failure.getMessage(), failure);
  }

  private static boolean mayPass(SdkException failure) {
    if (failure instanceof AbortedException) {
      return false;
    }
    return failure.retryable()
        || RetryUtils.isClockSkewException(failure)
        || RetryUtils.isThrottlingException(failure)
        || failure.getCause() instanceof IOException
        || (failure instanceof SdkServiceException told
            && told.statusCode() >= 500
            && told.statusCode() != 501);
  }

  /** As the SDK tells S3A of its own requests. */
  private void count(boolean again, boolean throttled) {
    StatisticsFromAwsSdk counters = statistics;
    if (counters != null) {
      counters.updateAwsRequestCount(1);
      counters.updateAwsRetryCount(again ? 1 : 0);
      counters.updateAwsThrottleExceptionsCount(throttled ? 1 : 0);
    }
  }

  private static void pause(int attempt, SdkException failure) {
    long first =
        RetryUtils.isThrottlingException(failure)
            ? FIRST_WAIT_OF_THROTTLED_MILLIS
            : FIRST_WAIT_MILLIS;
    long longest = Math.min(LONGEST_WAIT_MILLIS, first << Math.min(attempt, 10));
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(longest + 1));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("Thread was interrupted", interrupted);
    }
  }

  @Override
  public void close() {
    watch.close();
    http.close();
  }
}
