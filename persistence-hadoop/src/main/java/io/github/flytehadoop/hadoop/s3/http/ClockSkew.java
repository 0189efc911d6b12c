/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** The time to sign with: this machine's, until the store refuses it and says what its own is. */
public final class ClockSkew {
  private volatile Clock clock = Clock.systemUTC();

  /** The clock that requests are signed by. */
  public Clock clock() {
    return clock;
  }

  /** The failure, after what it says of the time has been noted. */
  public AwsServiceException noted(AwsServiceException failure) {
    if (failure.isClockSkewException()) {
      String date =
          failure.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("Date").orElse("");
      try {
        Instant there = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
        clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), there));
      } catch (DateTimeException unknown) {
        clock = Clock.systemUTC();
      }
    }
    return failure;
  }
}
