/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.http;

import io.github.flytehadoop.hadoop.request.AdaptiveConcurrencyLimit;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Sends fewer requests at once to a store that answers 429 or 503, and none before the time that
 * its {@code Retry-After} names (F10, F12). It sees every try of every request, those of the SDK
 * and of S3A too, which know nothing of each other. S3A makes an instance of its own for each
 * client.
 */
public final class ThrottlingInterceptor implements ExecutionInterceptor {
  private static final ExecutionAttribute<Place> PLACE = new ExecutionAttribute<>("FlytePlace");
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;

  /** What one request holds; its tries follow one another. */
  private static final class Place {
    private AdaptiveConcurrencyLimit.@Nullable Turn turn;
  }

  private final AdaptiveConcurrencyLimit pace = new AdaptiveConcurrencyLimit();

  /** For S3A. */
  public ThrottlingInterceptor() {}

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    Place place = attributes.getAttribute(PLACE);
    if (place == null) {
      place = new Place();
      attributes.putAttribute(PLACE, place);
    }
    release(place); // of a try whose connection broke
    try {
      place.turn = pace.begin();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted while the store wants fewer requests");
    }
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    Place place = attributes.getAttribute(PLACE);
    AdaptiveConcurrencyLimit.Turn turn = place == null ? null : place.turn;
    if (turn != null) {
      SdkHttpResponse response = context.httpResponse();
      if (isRefusal(response)) {
        pace.refused(turn, comeBackAfter(response));
      } else {
        pace.went();
      }
      release(place);
    }
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    Place place = attributes.getAttribute(PLACE);
    if (place != null) {
      release(place);
    }
  }

  /** Whether the store wants fewer requests. */
  public static boolean isRefusal(SdkHttpResponse response) {
    return response.statusCode() == TOO_MANY || response.statusCode() == UNAVAILABLE;
  }

  private void release(Place place) {
    if (place.turn != null) {
      place.turn = null;
      pace.end();
    }
  }

  /** Seconds, or a date; a store that says neither leaves it to the usual waits. */
  public static Duration comeBackAfter(SdkHttpResponse response) {
    String said = response.firstMatchingHeader("Retry-After").orElse("0").strip();
    try {
      return said.chars().allMatch(Character::isDigit) && said.length() < 10
          ? Duration.ofSeconds(Long.parseLong("0" + said))
          : Duration.between(
              Instant.now(), DateTimeFormatter.RFC_1123_DATE_TIME.parse(said, Instant::from));
    } catch (DateTimeException unreadable) {
      return Duration.ZERO;
    }
  }
}
