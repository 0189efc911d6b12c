/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.literal.Literal;
import io.github.flytehadoop.literal.LiteralException;
import io.github.flytehadoop.literal.LiteralType;
import io.github.flytehadoop.literal.LiteralValue.OffloadedValue;
import io.github.flytehadoop.literal.Literals;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Which outputs of Flyte 1 go to a file of their own, so that {@code outputs.pb} stays small. The
 * platform says so in a variable when it can read them.
 *
 * @param minimumBytes from which a literal is offloaded, or null for never
 * @param maximumBytes from which a literal is refused
 */
record OffloadPolicy(@Nullable Long minimumBytes, long maximumBytes) {
  private static final int DEFAULT_MAXIMUM_MB = 1000;
  private static final int MB_BITS = 20;

  static OffloadPolicy of(FlyteGeneration generation, TaskVariables variables) {
    Integer minimum = variables.number(TaskVariables.OFFLOAD_MIN_MB);
    if (generation == FlyteGeneration.FLYTE_2 || minimum == null) {
      return new OffloadPolicy(null, Long.MAX_VALUE);
    }
    Integer maximum = variables.number(TaskVariables.OFFLOAD_MAX_MB);
    return new OffloadPolicy(
        (long) minimum << MB_BITS,
        (long) (maximum == null ? DEFAULT_MAXIMUM_MB : maximum) << MB_BITS);
  }

  /** The literal, or the one that names the file which holds it. */
  Literal apply(String name, Literal literal, @Nullable LiteralType declared, MetadataFiles files)
      throws IOException {
    if (minimumBytes == null) {
      return literal;
    }
    byte[] bytes = Literals.toBytes(literal);
    if (bytes.length >= maximumBytes) {
      throw tooLarge(name, bytes.length);
    }
    if (bytes.length < minimumBytes) {
      return literal;
    }
    String file = name + "_offloaded_metadata.pb";
    files.write(file, bytes);
    LiteralType type = declared == null ? Literals.typeOf(literal) : declared;
    Literal offloaded = new Literal(new OffloadedValue(files.uri(file), bytes.length, type));
    return offloaded.withHash(literal.hash() == null ? digest(bytes) : literal.hash());
  }

  private LiteralException tooLarge(String name, int length) {
    return new LiteralException(
        name,
        Problem.cannot("write output " + name)
            .because("it has " + length + " bytes, and Flyte takes less than " + maximumBytes)
            .remedy("Write the data to a file, and put that.")
            .message(),
        null);
  }

  private static String digest(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
