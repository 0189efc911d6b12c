/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import io.github.flytehadoop.literal.codec.ErrorCodec;
import io.github.flytehadoop.literal.wire.WireBytes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What stands in {@code error.pb}.
 *
 * @param error null only in a file that the platform calls badly formed
 * @param rest fields that are not known here; they are written again
 */
public record ErrorDocument(@Nullable ContainerError error, WireBytes rest) {
  /** Refuses null. */
  public ErrorDocument {
    Objects.requireNonNull(rest, "rest");
  }

  /** A document of one error. */
  public ErrorDocument(ContainerError error) {
    this(Objects.requireNonNull(error, "error"), WireBytes.NONE);
  }

  /**
   * Reads a document.
   *
   * @throws LiteralException when the bytes are none
   */
  public static ErrorDocument parse(byte[] bytes) throws LiteralException {
    return ErrorCodec.read(bytes);
  }

  /**
   * The bytes of {@code error.pb}.
   *
   * @throws LiteralException when a text in it has half of a surrogate pair
   */
  public byte[] toBytes() throws LiteralException {
    return ErrorCodec.write(this);
  }
}
