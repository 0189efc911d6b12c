/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.Problem;
import java.io.File;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What {@code putRawData} can write (FAP-C2). Streams are read from where they stand to their end,
 * need no seek, and are never held whole (fixes W-32).
 */
public sealed interface RawData {
  /** A local file or directory. */
  record LocalPath(Path path) implements RawData {
    /** Refuses null. */
    public LocalPath {
      Objects.requireNonNull(path, "path");
    }
  }

  /** Bytes in memory; not copied, so do not change them meanwhile. */
  @SuppressWarnings(
      "ArrayRecordComponent") // never compared, and copying it would double the memory
  record Bytes(byte[] bytes) implements RawData {
    /** Refuses null. */
    public Bytes {
      Objects.requireNonNull(bytes, "bytes");
    }
  }

  /** A stream of any length; the caller closes it. */
  record Stream(InputStream stream) implements RawData {
    /** Refuses null. */
    public Stream {
      Objects.requireNonNull(stream, "stream");
    }
  }

  /** Characters of any length; the caller closes the reader. */
  record Text(Reader reader, Charset charset) implements RawData {
    /** Refuses null. */
    public Text {
      Objects.requireNonNull(reader, "reader");
      Objects.requireNonNull(charset, "charset");
    }
  }

  /** A local file, or a directory with everything below it. */
  static RawData path(Path path) {
    return new LocalPath(path);
  }

  /**
   * The same of a path in another form: a string, as PySpark has it, or a {@code File}. It takes
   * any object so that {@code path(null)} means one method for the compiler.
   *
   * @throws IllegalArgumentException for an object of another type
   */
  static RawData path(Object path) {
    if (path instanceof Path known) {
      return new LocalPath(known);
    }
    if (path instanceof CharSequence || path instanceof File) {
      return new LocalPath(Path.of(path.toString()));
    }
    throw Problem.cannot("take for a local path", path.getClass().getName())
        .because("it is no String, File or Path")
        .remedy("Pass one of these.")
        .argument();
  }

  /** Bytes in memory. */
  static RawData bytes(byte[] bytes) {
    return new Bytes(bytes);
  }

  /** A stream of any length. */
  static RawData stream(InputStream stream) {
    return new Stream(stream);
  }

  /** Characters of any length, encoded as they are read; a byte order mark is written once. */
  static RawData text(Reader reader, Charset charset) {
    return new Text(reader, charset);
  }

  /**
   * A text as UTF-8.
   *
   * @throws IllegalArgumentException when it is no text, because half of a surrogate pair is
   *     missing
   */
  static RawData text(String text) {
    Objects.requireNonNull(text, "text");
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return new Bytes(bytes);
    } catch (CharacterCodingException halfPair) {
      throw Problem.cannot("encode the text")
          .because("it holds half of a surrogate pair")
          .remedy("Put the bytes themselves.")
          .causedBy(halfPair)
          .argument();
    }
  }
}
