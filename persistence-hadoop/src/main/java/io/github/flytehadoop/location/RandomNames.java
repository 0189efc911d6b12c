/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;

/**
 * Names that never meet again: 32 lower-case hexadecimal characters, 128 bits of a secure source.
 * Thread-safe.
 *
 * <p>Source: FAP-RS-1, FAP-C7.
 */
public final class RandomNames implements Supplier<String> {
  private static final int BYTES = 16;

  private final SecureRandom random = new SecureRandom();

  /** Names from the platform's secure source. */
  public RandomNames() {}

  @Override
  public String get() {
    byte[] bits = new byte[BYTES];
    random.nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }
}
