/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.mapping;

import io.github.flytehadoop.literal.codec.TimeCodec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times as literals have them, and as texts and seconds inside a dataclass. */
final class Times {
  /** What Python's {@code isoformat} writes, and more: a {@code Z}, a blank, nine digits. */
  private static final DateTimeFormatter READ =
      new DateTimeFormatterBuilder()
          .parseLenient()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendOffset("+HH:mm:ss", "Z")
          .toFormatter(Locale.ROOT);

  /** Python of before 3.11 reads none or six digits. */
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'+00:00'", Locale.ROOT);

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'", Locale.ROOT);

  private static final int NANO_DIGITS = 9;

  private Times() {}

  /** Whether a type is one that {@link #ofInstant} gives. */
  static boolean isPoint(Class<?> type) {
    return type == Instant.class || type == OffsetDateTime.class || type == ZonedDateTime.class;
  }

  /** A point in time as one of the types of Java, in UTC; empty when that type has no such one. */
  static Optional<Temporal> ofInstant(Instant instant, Class<?> type) {
    if (type == Instant.class) {
      return Optional.of(instant);
    }
    if (!TimeCodec.isWritable(instant)) {
      return Optional.empty();
    }
    return Optional.of(
        type == OffsetDateTime.class
            ? instant.atOffset(ZoneOffset.UTC)
            : instant.atZone(ZoneOffset.UTC));
  }

  /** The point in time of a value of one of those types, or null. */
  static @Nullable Instant instant(Object value) {
    if (value instanceof Instant instant) {
      return instant;
    }
    if (value instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    return value instanceof ZonedDateTime time ? time.toInstant() : null;
  }

  /** The day that begins at a point in time, or empty when none does. */
  static Optional<LocalDate> day(Instant instant) {
    if (!TimeCodec.isWritable(instant)) {
      return Optional.empty();
    }
    OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
    return time.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? Optional.of(time.toLocalDate())
        : Optional.empty();
  }

  static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** The point in time that a text with an offset says, or empty. */
  static Optional<Instant> instantIn(String text) {
    try {
      return Optional.of(READ.parse(text, Instant::from));
    } catch (DateTimeException other) {
      return Optional.empty();
    }
  }

  static Optional<LocalDate> dayIn(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException other) {
      return Optional.empty();
    }
  }

  /** A length of time from its seconds, to the nanosecond; empty when it is none. */
  static Optional<Duration> durationOf(Number seconds) {
    if (seconds instanceof Double real && (real.isNaN() || real.isInfinite())) {
      return Optional.empty();
    }
    BigDecimal exact =
        new BigDecimal(seconds.toString()).setScale(NANO_DIGITS, RoundingMode.HALF_EVEN);
    BigDecimal[] parts = exact.divideAndRemainder(BigDecimal.ONE);
    try {
      return Optional.of(
          Duration.ofSeconds(
              parts[0].longValueExact(), parts[1].movePointRight(NANO_DIGITS).longValueExact()));
    } catch (ArithmeticException outside) {
      return Optional.empty();
    }
  }

  static double seconds(Duration duration) {
    return BigDecimal.valueOf(duration.getSeconds())
        .add(BigDecimal.valueOf(duration.getNano(), NANO_DIGITS))
        .doubleValue();
  }

  /** A point in time as text. Python keeps microseconds, so the rest is cut here as there. */
  static String text(Instant instant) {
    OffsetDateTime time = instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    return (time.get(ChronoField.NANO_OF_SECOND) == 0 ? SECONDS : MICROS).format(time);
  }
}
