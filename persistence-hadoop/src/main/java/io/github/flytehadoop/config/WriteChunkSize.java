/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import io.github.flytehadoop.error.ConfigException;
import java.util.Map;

/**
 * The size of the pieces that an upload is written in. Read when asked, so that a wrong value fails
 * the transfer that needs it and not the loading of a class. Source: FAP-C1.
 */
public final class WriteChunkSize {
  /** The variable's name, the same as flytekit's. */
  public static final String VARIABLE = "_F_P_WRITE_CHUNK_SIZE";

  /** 25 MiB. */
  public static final int DEFAULT_BYTES = 25 * 1024 * 1024;

  private WriteChunkSize() {}

  /**
   * The size in bytes.
   *
   * @throws ConfigException if the variable is set to anything but a positive whole number below 2
   *     GiB
   */
  public static int fromEnvironment(Map<String, String> environment) {
    String text = environment.get(VARIABLE);
    if (text == null) {
      return DEFAULT_BYTES;
    }
    int bytes = parse(text);
    if (bytes <= 0) {
      throw refused(text);
    }
    return bytes;
  }

  private static int parse(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw refused(text);
    }
  }

  private static ConfigException refused(String text) {
    return new ConfigException(
        VARIABLE,
        new Origin.Environment(VARIABLE).describe(),
        "\""
            + text
            + "\" is no size. Use a positive whole number of bytes below 2 GiB, such as 26214400, or unset it.");
  }
}
