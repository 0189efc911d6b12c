/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import io.github.flytehadoop.literal.codec.LiteralCodec;
import io.github.flytehadoop.literal.mapping.DeclaredForm;
import io.github.flytehadoop.literal.mapping.Inference;
import io.github.flytehadoop.literal.mapping.LiteralReader;
import io.github.flytehadoop.literal.mapping.OffloadedLiterals;
import io.github.flytehadoop.literal.mapping.StructForm;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Literals to bytes, to Java values, and back.
 *
 * <p>Reading as a Java type is exact or fails: a double is a {@code long} when it is integral and
 * in range, a {@code long} is a double when the double has the same value. It looks through unions
 * and msgpack, for the platform changes literals on the way to a task. Methods that take a name use
 * it in messages: it is the name of a variable.
 */
public final class Literals {
  private Literals() {}

  /**
   * The bytes of one literal.
   *
   * @throws LiteralException when it is nested too deep, or holds what cannot be written
   */
  public static byte[] toBytes(Literal literal) throws LiteralException {
    return LiteralCodec.write(literal);
  }

  /**
   * The bytes of {@code inputs.pb} or {@code outputs.pb}: equal for equal maps.
   *
   * @throws LiteralException when it is nested too deep, or holds what cannot be written
   */
  public static byte[] toBytes(LiteralMap map) throws LiteralException {
    return LiteralCodec.write(map);
  }

  /**
   * Reads one literal, as an offloaded file holds it.
   *
   * @throws LiteralException when the bytes are none
   */
  public static Literal parse(byte[] bytes) throws LiteralException {
    return LiteralCodec.read(bytes);
  }

  /**
   * Reads {@code inputs.pb} or {@code outputs.pb} of either generation.
   *
   * @throws LiteralException when the bytes are none
   */
  public static LiteralMap parseMap(byte[] bytes) throws LiteralException {
    return LiteralCodec.readMap(bytes);
  }

  /**
   * The literal of a Java value.
   *
   * @throws LiteralException when no literal stands for such a value
   */
  public static Literal of(@Nullable Object value, LiteralDialect dialect) throws LiteralException {
    return of("", value, null, dialect);
  }

  /**
   * The literal of a Java value, for a variable of a declared type.
   *
   * @throws LiteralException when the value is not of that type
   */
  public static Literal of(@Nullable Object value, LiteralType type, LiteralDialect dialect)
      throws LiteralException {
    return of("", value, type, dialect);
  }

  /**
   * The literal of the value of a named variable.
   *
   * @param type as declared, or null when it is not known: then nothing becomes a union
   * @throws LiteralException when no literal stands for such a value
   */
  public static Literal of(
      String name, @Nullable Object value, @Nullable LiteralType type, LiteralDialect dialect)
      throws LiteralException {
    return DeclaredForm.of(name, value, type, dialect);
  }

  /**
   * A literal as {@code google.protobuf.Struct}: texts, numbers (which become doubles), booleans,
   * null, and lists and maps of them.
   *
   * @throws LiteralException when something else is in it, or a number that no double has
   */
  public static Literal struct(Map<String, ? extends @Nullable Object> fields)
      throws LiteralException {
    return StructForm.of(fields);
  }

  /** The type of a literal, as far as its value shows. */
  public static LiteralType typeOf(Literal literal) {
    return Inference.of(literal);
  }

  /** Whether it is {@code None}, in a union or not. */
  public static boolean isNone(Literal literal) {
    return LiteralReader.isNone(literal);
  }

  /**
   * The literal with every offloaded one in it replaced by what its file holds. The hash and the
   * metadata of the literal that was offloaded stay.
   *
   * @throws LiteralException when a file has another size than declared or is no literal, or when
   *     offloaded literals are more than 8 deep inside each other
   * @throws IOException when a file cannot be read
   */
  public static Literal resolve(Literal literal, OffloadedSource source) throws IOException {
    return new OffloadedLiterals(source).resolve(literal);
  }

  /**
   * The value as a Java type.
   *
   * @throws LiteralException when it is none, or not exactly of that type
   */
  public static <T> T as(Literal literal, Class<T> type) throws LiteralException {
    return as("", literal, type);
  }

  /**
   * The value of a named variable as a Java type.
   *
   * @throws LiteralException when it is none, or not exactly of that type
   */
  @SuppressWarnings("unchecked") // a boxed value, where the class is a primitive type's
  public static <T> T as(String name, Literal literal, Class<T> type) throws LiteralException {
    return (T) LiteralReader.value(name, literal, type);
  }

  /**
   * The value as a list. Elements that are {@code None} are null.
   *
   * @throws LiteralException when it is no list, or an element is not exactly of that type
   */
  @SuppressWarnings("unchecked") // each element was read as one
  public static <E> List<E> list(String name, Literal literal, Class<E> element)
      throws LiteralException {
    return (List<E>) LiteralReader.list(name, literal, element);
  }

  /**
   * The value as a map, in the order it came. Values that are {@code None} are null.
   *
   * @throws LiteralException when it is no map, a key is no text, or a value is not exactly of that
   *     type
   */
  public static <V> Map<String, V> map(String name, Literal literal, Class<V> value)
      throws LiteralException {
    return map(name, literal, String.class, value);
  }

  /**
   * The value as a map whose keys need be no texts, in the order it came.
   *
   * @throws LiteralException when it is no map, or a key or value is not exactly of its type
   */
  @SuppressWarnings("unchecked") // each key and value was read as one
  public static <K, V> Map<K, V> map(String name, Literal literal, Class<K> key, Class<V> value)
      throws LiteralException {
    return (Map<K, V>) LiteralReader.map(name, literal, key, value);
  }

  /**
   * The value as a Java type, or empty when it is {@code None}.
   *
   * @throws LiteralException when it is not exactly of that type
   */
  public static <T> Optional<T> optional(String name, Literal literal, Class<T> type)
      throws LiteralException {
    return isNone(literal) ? Optional.empty() : Optional.of(as(name, literal, type));
  }
}
