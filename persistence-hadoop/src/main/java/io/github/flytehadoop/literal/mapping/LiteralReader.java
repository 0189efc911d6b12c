/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.mapping;

import io.github.flytehadoop.literal.FlyteDirectory;
import io.github.flytehadoop.literal.FlyteFile;
import io.github.flytehadoop.literal.Literal;
import io.github.flytehadoop.literal.LiteralException;
import io.github.flytehadoop.literal.LiteralValue;
import io.github.flytehadoop.literal.LiteralValue.BinaryValue;
import io.github.flytehadoop.literal.LiteralValue.BlobValue;
import io.github.flytehadoop.literal.LiteralValue.BooleanValue;
import io.github.flytehadoop.literal.LiteralValue.CollectionValue;
import io.github.flytehadoop.literal.LiteralValue.DatetimeValue;
import io.github.flytehadoop.literal.LiteralValue.Dimensionality;
import io.github.flytehadoop.literal.LiteralValue.DurationValue;
import io.github.flytehadoop.literal.LiteralValue.FloatValue;
import io.github.flytehadoop.literal.LiteralValue.GenericValue;
import io.github.flytehadoop.literal.LiteralValue.IntegerValue;
import io.github.flytehadoop.literal.LiteralValue.MapValue;
import io.github.flytehadoop.literal.LiteralValue.NoneValue;
import io.github.flytehadoop.literal.LiteralValue.OffloadedValue;
import io.github.flytehadoop.literal.LiteralValue.SchemaValue;
import io.github.flytehadoop.literal.LiteralValue.StringValue;
import io.github.flytehadoop.literal.LiteralValue.StructuredDatasetValue;
import io.github.flytehadoop.literal.LiteralValue.UnionValue;
import io.github.flytehadoop.literal.LiteralValue.UnknownValue;
import io.github.flytehadoop.literal.Msgpack;
import io.github.flytehadoop.literal.StructuredDataset;
import io.github.flytehadoop.literal.codec.MsgpackReader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a literal as a Java type: exactly, through unions and msgpack. */
public final class LiteralReader {
  private static final byte[] NIL = {(byte) 0xc0};

  private LiteralReader() {}

  /**
   * The value as a type.
   *
   * @throws LiteralException when it is none, or not exactly of that type
   */
  public static Object value(String name, Literal literal, Class<?> type) throws LiteralException {
    return required(name, literal, JavaType.of(type));
  }

  /**
   * The value as a list.
   *
   * @throws LiteralException when it is no list, or an element is not exactly of that type
   */
  public static List<?> list(String name, Literal literal, Class<?> element)
      throws LiteralException {
    return (List<?>) required(name, literal, JavaType.generic(List.class, element));
  }

  /**
   * The value as a map.
   *
   * @throws LiteralException when it is no map, or a key or value is not exactly of its type
   */
  public static Map<?, ?> map(String name, Literal literal, Class<?> key, Class<?> value)
      throws LiteralException {
    return (Map<?, ?>) required(name, literal, JavaType.generic(Map.class, key, value));
  }

  /** Whether it is none, in a union or in msgpack too. */
  public static boolean isNone(Literal literal) {
    LiteralValue value = withoutUnions(literal);
    return value instanceof NoneValue
        || (value instanceof BinaryValue binary
            && binary.tag().equals(Msgpack.TAG)
            && Arrays.equals(binary.value(), NIL));
  }

  private static Object required(String name, Literal literal, JavaType type)
      throws LiteralException {
    Place place = Place.of(name);
    Object value = read(literal, type, place);
    if (value == null) {
      throw Kinds.none(type, place);
    }
    return value;
  }

  private static @Nullable Object read(Literal literal, JavaType type, Place place)
      throws LiteralException {
    if (type.raw() == Literal.class) {
      return literal;
    }
    LiteralValue value = withoutUnions(literal);
    if (LiteralValue.class.isAssignableFrom(type.raw()) && type.raw().isInstance(value)) {
      return value;
    }
    if (value instanceof BinaryValue binary) {
      return binary(binary, type, place);
    }
    if (value instanceof GenericValue generic) {
      return PlainReader.read(generic.fields(), type, place);
    }
    if (type.raw() == Optional.class) {
      return value instanceof NoneValue
          ? Optional.empty()
          : Optional.ofNullable(read(literal, type.argument(0), place));
    }
    if (value instanceof CollectionValue list) {
      return Containers.list(list.elements(), type, place, LiteralReader::read);
    }
    if (value instanceof MapValue map) {
      return Containers.map(map.entries(), type, place, LiteralReader::read);
    }
    return scalar(value, type, place);
  }

  private static LiteralValue withoutUnions(Literal literal) {
    LiteralValue value = literal.value();
    while (value instanceof UnionValue union) {
      value = union.value().value();
    }
    return value;
  }

  private static @Nullable Object binary(BinaryValue binary, JavaType type, Place place)
      throws LiteralException {
    if (binary.tag().equals(Msgpack.TAG)) {
      return PlainReader.read(MsgpackReader.read(binary.value()), type, place);
    }
    throw place.cannotRead(
        type.toString(),
        binary.tag().isEmpty()
            ? "the literal is a pickled object of Python"
            : "the literal is of the form " + binary.tag(),
        "Declare str, FlyteFile or a dataclass in Python.");
  }

  private static @Nullable Object scalar(LiteralValue value, JavaType type, Place place)
      throws LiteralException {
    if (value instanceof NoneValue) {
      if (type.primitive()) {
        throw Kinds.none(type, place);
      }
      return null;
    }
    Object plain = primitive(value);
    if (plain == null) {
      plain = reference(value, type, place);
    }
    return Scalars.read(plain, type, place);
  }

  private static @Nullable Object primitive(LiteralValue value) {
    if (value instanceof IntegerValue integer) {
      return integer.value();
    }
    if (value instanceof FloatValue real) {
      return real.value();
    }
    if (value instanceof StringValue text) {
      return text.value();
    }
    if (value instanceof BooleanValue truth) {
      return truth.value();
    }
    if (value instanceof DatetimeValue datetime) {
      return datetime.value();
    }
    return value instanceof DurationValue duration ? duration.value() : null;
  }

  private static Object reference(LiteralValue value, JavaType type, Place place)
      throws LiteralException {
    if (value instanceof BlobValue blob) {
      return blob.dimensionality() == Dimensionality.SINGLE
          ? new FlyteFile(blob.uri(), blob.format())
          : new FlyteDirectory(blob.uri(), blob.format());
    }
    if (value instanceof StructuredDatasetValue dataset) {
      return dataset.dataset();
    }
    if (value instanceof SchemaValue schema) {
      return new StructuredDataset(schema.uri(), "parquet", schema.columns());
    }
    if (value instanceof LiteralValue.ErrorValue error) {
      return error;
    }
    if (value instanceof OffloadedValue) {
      throw place.cannotRead(
          type.toString(), "the literal lies in a file of its own", "Fetch it first.");
    }
    if (value instanceof UnknownValue unknown) {
      throw place.cannotRead(
          type.toString(),
          "the literal is of a kind that is not known here (field " + unknown.field() + ")",
          "Update this library.");
    }
    throw place.cannotRead(
        type.toString(), "the literal has no value", "Correct the task that writes it.");
  }
}
