/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.codec;

import io.github.flytehadoop.literal.wire.WireException;
import io.github.flytehadoop.literal.wire.WireMessage;
import io.github.flytehadoop.literal.wire.WireShape;
import io.github.flytehadoop.literal.wire.WireShape.Form;
import io.github.flytehadoop.literal.wire.WireWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** {@code Timestamp} and {@code Duration}, which have one form. */
public final class TimeCodec {
  static final WireShape TIME = WireShape.empty().with(1, Form.NUMBER).with(2, Form.NUMBER);

  private static final long FIRST_YEAR = -62_135_596_800L;
  private static final long LAST_YEAR = 253_402_300_799L;
  private static final long LONGEST = 315_576_000_000L;
  private static final int NANOS_OF_SECOND = 1_000_000_000;

  private TimeCodec() {}

  /** Whether Python has the point in time, and so it may be written. */
  public static boolean isWritable(Instant instant) {
    return instant.getEpochSecond() >= FIRST_YEAR && instant.getEpochSecond() <= LAST_YEAR;
  }

  static Instant instant(WireMessage time) throws WireException {
    try {
      return Instant.ofEpochSecond(time.number(1), time.int32(2));
    } catch (DateTimeException | ArithmeticException outside) {
      throw new WireException("a point in time in it is beyond what Java has");
    }
  }

  static Duration duration(WireMessage time) throws WireException {
    try {
      return Duration.ofSeconds(time.number(1), time.int32(2));
    } catch (ArithmeticException outside) {
      throw new WireException("a length of time in it is beyond what Java has");
    }
  }

  static void write(WireWriter out, Instant instant) throws WireException {
    if (!isWritable(instant)) {
      throw new WireException("a point in time in it is not within the years 1 to 9999");
    }
    out.number(1, instant.getEpochSecond());
    out.number(2, instant.getNano());
  }

  static void write(WireWriter out, Duration duration) throws WireException {
    boolean negative = duration.getSeconds() < 0 && duration.getNano() > 0;
    long seconds = negative ? duration.getSeconds() + 1 : duration.getSeconds();
    if (seconds < -LONGEST || seconds > LONGEST) {
      throw new WireException("a length of time in it is more than 10,000 years");
    }
    out.number(1, seconds);
    out.number(2, negative ? duration.getNano() - NANOS_OF_SECOND : duration.getNano());
  }
}
