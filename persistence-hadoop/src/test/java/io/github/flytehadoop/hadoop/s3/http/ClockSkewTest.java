/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flytehadoop.testkit.Rule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What an answer says of the time, and what it does not. */
class ClockSkewTest {
  private static final Duration AHEAD = Duration.ofMinutes(50);

  private final ClockSkew clock = new ClockSkew();

  @ParameterizedTest
  @CsvSource({
    "400, RequestTimeTooSkewed",
    "403, RequestExpired",
    "403,",
    "401,",
    "403, AccessDenied"
  })
  @Rule("F15")
  void refusalOfAnotherTimeIsOneForTheClockAndTheTimeIsKnown(int status, String code) {
    AwsServiceException noted = clock.noted(refusal(status, code, AHEAD));
    assertThat(ClockSkew.isReason(noted)).isTrue();
    assertThat(noted.statusCode()).isEqualTo(status);
    assertThat(Duration.between(Instant.now(), clock.clock().instant()))
        .isCloseTo(AHEAD, Duration.ofSeconds(5));
  }

  @Test
  @Rule("F15")
  void refusalIsWhatItSaysOnceTheTimeIsKnown() {
    clock.noted(refusal(403, "AccessDenied", AHEAD));
    AwsServiceException denied = refusal(403, "AccessDenied", AHEAD);
    assertThat(clock.noted(denied)).isSameAs(denied);
    assertThat(ClockSkew.isReason(denied)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"404, NoSuchKey, 50", "503, SlowDown, 50", "403, AccessDenied, 3", "403,, 3"})
  @Rule("F15")
  void otherFailuresSayNothingOfTheTime(int status, String code, int minutes) {
    AwsServiceException failure = refusal(status, code, Duration.ofMinutes(minutes));
    assertThat(clock.noted(failure)).isSameAs(failure);
    assertThat(clock.clock().instant()).isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
  }

  @Test
  @Rule("F15")
  void aRefusalWithoutATimeIsWhatItSays() {
    AwsServiceException failure = refusal(403, "AccessDenied", null);
    assertThat(clock.noted(failure)).isSameAs(failure);
  }

  private static AwsServiceException refusal(int status, String code, Duration ahead) {
    SdkHttpResponse.Builder response = SdkHttpResponse.builder().statusCode(status);
    if (ahead != null) {
      response.putHeader(
          "Date",
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              Instant.now().plus(ahead).atZone(ZoneOffset.UTC)));
    }
    return S3Exception.builder()
        .statusCode(status)
        .awsErrorDetails(
            AwsErrorDetails.builder().errorCode(code).sdkHttpResponse(response.build()).build())
        .build();
  }
}
