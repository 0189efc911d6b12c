/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text as protocol buffers have it: what is not UTF-8 is refused, not replaced. */
public final class Utf8 {
  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /**
   * Reads bytes from one position to another.
   *
   * @throws WireException when they are not UTF-8
   */
  public static String decode(byte[] bytes, int start, int end) throws WireException {
    String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) < 0) {
      return text;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, start, end - start))
          .toString();
    } catch (CharacterCodingException malformed) {
      throw new WireException("a text in it is not UTF-8");
    }
  }

  /**
   * The bytes of a text.
   *
   * @throws WireException when half of a surrogate pair is in it
   */
  public static byte[] encode(String text) throws WireException {
    if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      ByteBuffer strict = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] exact = new byte[strict.remaining()];
      strict.get(exact);
      return exact;
    } catch (CharacterCodingException unpaired) {
      throw new WireException("a text in it has half of a surrogate pair");
    }
  }
}
