/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import io.github.flytehadoop.literal.codec.MsgpackReader;
import io.github.flytehadoop.literal.mapping.PlainForm;
import org.jspecify.annotations.Nullable;

/**
 * The form that dataclasses and untyped maps have inside a literal.
 *
 * <p>It decodes to {@code Long} (or {@code BigInteger} above its range), {@code Double}, {@code
 * Boolean}, {@code String}, {@code byte[]} (extension types too), {@code null}, and lists and maps
 * of them.
 */
public final class Msgpack {
  /** The tag of such a binary. */
  public static final String TAG = "msgpack";

  private Msgpack() {}

  /**
   * Reads one value.
   *
   * @throws LiteralException when the bytes are not exactly one value
   */
  public static @Nullable Object decode(byte[] bytes) throws LiteralException {
    return MsgpackReader.read(bytes);
  }

  /**
   * Writes one value: what {@link #decode} gives, and what a dataclass may hold (records, enums,
   * times, files, tables). Maps are written in the order of their keys.
   *
   * @throws LiteralException when something else is in it
   */
  public static byte[] encode(@Nullable Object value) throws LiteralException {
    return PlainForm.encode(value);
  }

  /**
   * The literal of a map that Python declares as {@code dict} or with keys that are no texts.
   *
   * @throws LiteralException when something in it cannot be encoded
   */
  public static Literal of(@Nullable Object value) throws LiteralException {
    return new Literal(new LiteralValue.BinaryValue(encode(value), TAG));
  }
}
