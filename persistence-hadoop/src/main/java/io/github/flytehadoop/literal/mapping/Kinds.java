/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.mapping;

import io.github.flytehadoop.literal.FlyteDirectory;
import io.github.flytehadoop.literal.FlyteFile;
import io.github.flytehadoop.literal.LiteralException;
import io.github.flytehadoop.literal.LiteralValue.ErrorValue;
import io.github.flytehadoop.literal.StructuredDataset;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says of a value that is not of the type asked for what it is, and what to ask for instead. */
final class Kinds {
  /** What a value is, how to declare it, and the method of a task's inputs that gives it. */
  private record Kind(Class<?> type, String noun, String declared, String getter) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(Long.class, "an integer", "long", "getLong"),
          new Kind(BigInteger.class, "an integer", "BigInteger", "get with BigInteger"),
          new Kind(Double.class, "a float", "double", "getDouble"),
          new Kind(String.class, "a string", "String", "getString"),
          new Kind(Boolean.class, "a boolean", "boolean", "getBoolean"),
          new Kind(Instant.class, "a datetime", "Instant", "getInstant"),
          new Kind(Duration.class, "a duration", "Duration", "getDuration"),
          new Kind(FlyteFile.class, "a file", "FlyteFile", "file"),
          new Kind(FlyteDirectory.class, "a directory", "FlyteDirectory", "directory"),
          new Kind(StructuredDataset.class, "a dataset", "StructuredDataset", "dataset"),
          new Kind(ErrorValue.class, "an error", "ErrorValue", "get with ErrorValue"),
          new Kind(byte[].class, "bytes", "byte[]", "get with byte[]"),
          new Kind(List.class, "a list", "List", "getList"),
          new Kind(Map.class, "a map", "Map", "getMap, or get with a record"));

  private Kinds() {}

  /** The failure of a value that is of another kind. */
  static LiteralException mismatch(@Nullable Object value, JavaType type, Place place) {
    if (value == null) {
      return none(type, place);
    }
    Kind kind = of(value);
    return place.cannotRead(type.toString(), "the literal is " + kind.noun, remedy(kind, place));
  }

  /** The failure of a value that the type has no equal for. */
  static LiteralException inexact(Object value, JavaType type, Place place) {
    Kind kind = of(value);
    return place.cannotRead(
        type.toString(),
        "the literal is " + kind.noun + " that no " + type + " is equal to",
        remedy(kind, place));
  }

  static LiteralException none(JavaType type, Place place) {
    return place.cannotRead(
        type.toString(),
        "the literal is none",
        place.depth() == 0 ? "Use one of the optional methods." : "Declare it as Optional.");
  }

  private static String remedy(Kind kind, Place place) {
    return place.depth() == 0 ? "Use " + kind.getter + "." : "Declare it as " + kind.declared + ".";
  }

  private static Kind of(Object value) {
    return KINDS.stream()
        .filter(kind -> kind.type.isInstance(value))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(value.getClass().getName()));
  }
}
