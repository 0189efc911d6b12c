/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.mapping;

import io.github.flytehadoop.literal.FlyteEnum;
import io.github.flytehadoop.literal.LiteralDialect;
import io.github.flytehadoop.literal.LiteralException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** Enums by the names of their constants, or by their values in Python. */
final class Enums {
  private Enums() {}

  /** The text of a constant that is a value of its own. */
  static String text(Enum<?> constant, LiteralDialect dialect) {
    return dialect == LiteralDialect.FLYTE_1 ? value(constant) : constant.name();
  }

  /** The text of a constant inside a dataclass. */
  static String value(Enum<?> constant) {
    return constant instanceof FlyteEnum own ? own.value() : constant.name();
  }

  /** Inside a dataclass the text is a value; a name is taken when no value is the text. */
  static Object ofValue(String text, JavaType type, Place place) throws LiteralException {
    return find(type, text, Enums::value)
        .or(() -> find(type, text, Enum::name))
        .orElseThrow(() -> unknown(type, place));
  }

  /** Elsewhere it is a value in Flyte 1 and a name in Flyte 2: one that is both must be one. */
  static Object ofText(String text, JavaType type, Place place) throws LiteralException {
    Optional<Enum<?>> value = find(type, text, Enums::value);
    Optional<Enum<?>> name = find(type, text, Enum::name);
    if (value.isPresent() && name.isPresent() && value.get() != name.get()) {
      throw place.cannotRead(
          type.toString(),
          "the text is the name of one constant and the value of another",
          "Read it as String.");
    }
    return value.or(() -> name).orElseThrow(() -> unknown(type, place));
  }

  private static LiteralException unknown(JavaType type, Place place) {
    return place.cannotRead(
        type.toString(),
        "no constant has the text as its name or value",
        "Let the enum implement FlyteEnum, or read it as String.");
  }

  private static Optional<Enum<?>> find(
      JavaType type, String text, Function<Enum<?>, String> textOf) {
    return Arrays.stream(type.raw().getEnumConstants())
        .<Enum<?>>map(constant -> (Enum<?>) constant)
        .filter(constant -> textOf.apply(constant).equals(text))
        .findFirst();
  }
}
