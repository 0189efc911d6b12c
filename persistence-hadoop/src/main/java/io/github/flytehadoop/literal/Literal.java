/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import io.github.flytehadoop.literal.wire.WireBytes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value as Flyte passes it between tasks.
 *
 * @param hash what the cache uses instead of the value, or null
 * @param metadata in the order it came
 * @param rest fields that are not known here; they are written again
 */
public record Literal(
    LiteralValue value, @Nullable String hash, Map<String, String> metadata, WireBytes rest) {
  /** A literal without a value: to use it is an error. */
  public static final Literal UNSET = new Literal(LiteralValue.UnsetValue.UNSET);

  /** Copies the metadata. */
  public Literal {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(rest, "rest");
    metadata =
        metadata.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** A literal of nothing but its value. */
  public Literal(LiteralValue value) {
    this(value, null, Map.of(), WireBytes.NONE);
  }

  /**
   * The literal of a Java value, as {@link LiteralDialect#FLYTE_1} writes it.
   *
   * @throws LiteralException when no literal stands for such a value
   * @see Literals#of(Object, LiteralDialect)
   */
  public static Literal of(@Nullable Object value) throws LiteralException {
    return Literals.of(value, LiteralDialect.FLYTE_1);
  }

  /** The same with a hash for the cache. */
  public Literal withHash(@Nullable String newHash) {
    return new Literal(value, newHash, metadata, rest);
  }

  /** The same with other metadata. */
  public Literal withMetadata(Map<String, String> newMetadata) {
    return new Literal(value, hash, newMetadata, rest);
  }
}
