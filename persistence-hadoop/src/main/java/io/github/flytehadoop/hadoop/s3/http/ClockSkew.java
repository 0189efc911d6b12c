/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The time to sign with (F15): this machine's, until the store refuses it and says what its own is.
 */
public final class ClockSkew {
  private static final String TOO_SKEWED = "RequestTimeTooSkewed";
  private static final Set<String> CODES =
      Set.of(TOO_SKEWED, "RequestExpired", "RequestInTheFuture");
  private static final Set<Integer> REFUSALS = Set.of(401, 403);

  /** Stores allow a quarter of an hour; what is near that may be over when a request arrives. */
  private static final Duration MOST = Duration.ofMinutes(10);

  private volatile Clock clock = Clock.systemUTC();

  /** The clock that requests are signed by. */
  public Clock clock() {
    return clock;
  }

  /** Whether a request was refused for its time. */
  public static boolean isReason(SdkServiceException failure) {
    return failure instanceof AwsServiceException aws
        && aws.awsErrorDetails() != null
        && aws.awsErrorDetails().errorCode() != null
        && CODES.contains(aws.awsErrorDetails().errorCode());
  }

  /**
   * The failure, after what it says of the time has been noted. An answer to a HEAD has no body
   * that could name the reason, and servers name others: what is refused at quite another time than
   * it was signed for gets this one. Once the time is known, a refusal is what it says.
   */
  public AwsServiceException noted(AwsServiceException failure) {
    Instant there = timeOf(failure);
    if (isReason(failure)) {
      note(there);
      return failure;
    }
    if (!REFUSALS.contains(failure.statusCode()) || there == null || isNear(there)) {
      return failure;
    }
    note(there);
    return S3Exception.builder()
        .awsErrorDetails(failure.awsErrorDetails().toBuilder().errorCode(TOO_SKEWED).build())
        .statusCode(failure.statusCode())
        .requestId(failure.requestId())
        .cause(failure)
        .build();
  }

  private boolean isNear(Instant there) {
    return Duration.between(clock.instant(), there).abs().compareTo(MOST) < 0;
  }

  private void note(@Nullable Instant there) {
    clock =
        there == null
            ? Clock.systemUTC()
            : Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), there));
  }

  private static @Nullable Instant timeOf(AwsServiceException failure) {
    AwsErrorDetails details = failure.awsErrorDetails();
    if (details == null || details.sdkHttpResponse() == null) {
      return null;
    }
    String date = details.sdkHttpResponse().firstMatchingHeader("Date").orElse("");
    try {
      return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
    } catch (DateTimeException unknown) {
      return null;
    }
  }
}
