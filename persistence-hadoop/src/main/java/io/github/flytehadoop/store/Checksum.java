/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import java.util.Objects;

/**
 * A digest of a whole file.
 *
 * @param algorithm a name such as {@code CRC32C}, equal where values are comparable
 * @param hex lower-case hexadecimal
 */
public record Checksum(String algorithm, String hex) {
  /** The algorithm that is computed while bytes pass. */
  public static final String CRC32C = "CRC32C";

  /** What many stores keep of a file that came in one request. */
  public static final String MD5 = "MD5";

  /** Refuses null. */
  public Checksum {
    Objects.requireNonNull(algorithm, "algorithm");
    Objects.requireNonNull(hex, "hex");
  }

  /** A CRC32C. */
  public static Checksum crc32c(long value) {
    return new Checksum(CRC32C, String.format("%08x", value));
  }
}
