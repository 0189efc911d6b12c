/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Numbers of one type as another: exactly, or not at all. */
final class Numbers {
  private static final long EXACT = 1L << 53;

  private Numbers() {}

  /** Whether a type is one of those that {@link #as} gives. */
  static boolean isNumber(Class<?> type) {
    return type == Long.class
        || type == Double.class
        || type == Integer.class
        || type == Float.class
        || type == Short.class
        || type == Byte.class
        || type == BigInteger.class;
  }

  /**
   * A number as another type, or empty when that type has no such number.
   *
   * @param number a Long, a Double or a BigInteger
   */
  static Optional<Number> as(Number number, Class<?> type) {
    if (type == Double.class) {
      return real(number).map(d -> d);
    }
    if (type == Float.class) {
      return real(number)
          .filter(d -> d.isNaN() || (double) d.floatValue() == d)
          .map(Double::floatValue);
    }
    if (type == BigInteger.class) {
      return integer(number).map(i -> i);
    }
    return integer(number).filter(i -> i.bitLength() < bits(type)).map(i -> narrowed(i, type));
  }

  /** Whether it is an integer of at most 64 bits. */
  static boolean isLong(@Nullable Object value) {
    return value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte
        || (value instanceof BigInteger wide && wide.bitLength() < Long.SIZE);
  }

  static boolean isReal(@Nullable Object value) {
    return value instanceof Double || value instanceof Float;
  }

  /** An integer of any type as one that {@link #as} takes. */
  static Number wide(Number integer) {
    return integer instanceof BigInteger ? integer : (Number) integer.longValue();
  }

  private static Optional<BigInteger> integer(Number number) {
    if (number instanceof BigInteger wide) {
      return Optional.of(wide);
    }
    if (number instanceof Double real) {
      return real == Math.rint(real) && !real.isInfinite()
          ? Optional.of(new BigDecimal(real).toBigInteger())
          : Optional.empty();
    }
    return Optional.of(BigInteger.valueOf(number.longValue()));
  }

  private static Optional<Double> real(Number number) {
    if (number instanceof Double real) {
      return Optional.of(real);
    }
    if (number instanceof Long small && Math.abs(small) <= EXACT && small != Long.MIN_VALUE) {
      return Optional.of(small.doubleValue());
    }
    BigInteger exact =
        number instanceof BigInteger wide ? wide : BigInteger.valueOf(number.longValue());
    double nearest = exact.doubleValue();
    return Optional.of(nearest)
        .filter(d -> !d.isInfinite() && new BigDecimal(d).toBigInteger().equals(exact));
  }

  private static int bits(Class<?> type) {
    if (type == Long.class) {
      return Long.SIZE;
    }
    if (type == Integer.class) {
      return Integer.SIZE;
    }
    return type == Short.class ? Short.SIZE : Byte.SIZE;
  }

  private static Number narrowed(BigInteger number, Class<?> type) {
    if (type == Long.class) {
      return number.longValue();
    }
    if (type == Integer.class) {
      return number.intValue();
    }
    return type == Short.class ? (Number) number.shortValue() : (Number) number.byteValue();
  }
}
