/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config.text;

import io.github.flytehadoop.error.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a configuration file: UTF-8 on every machine, of a size that a person writes. */
public final class ConfigText {
  public static final String FILE_KEY = "configuration file";

  private static final int MOST_BYTES = 1024 * 1024;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private ConfigText() {}

  /** Reads a file of settings, which is UTF-8 and not large. */
  public static String read(Path file) {
    byte[] bytes = bytes(file);
    if (bytes.length > MOST_BYTES) {
      throw refused(file, "it is larger than 1 MiB. Name the right file.");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw refused(file, "it is not UTF-8 text. Save it as UTF-8.");
    }
  }

  private static byte[] bytes(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw refused(
          file,
          "it cannot be read ("
              + e.getClass().getSimpleName()
              + "). Check that it is a file and may be read.");
    }
  }

  /** Names the place of a syntax error; both numbers count from 1. */
  /** Says why a file cannot be used, and what to do. */
  public static ConfigException refused(Path file, int line, int column, String problemAndFix) {
    String place = file + " line " + line + " column " + column;
    return new ConfigException(FILE_KEY, place, problemAndFix);
  }

  /** The same where no line is to blame. */
  public static ConfigException refused(Path file, String problemAndFix) {
    return new ConfigException(FILE_KEY, file.toString(), problemAndFix);
  }
}
