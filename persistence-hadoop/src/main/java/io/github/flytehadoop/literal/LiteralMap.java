/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import io.github.flytehadoop.literal.codec.LiteralCodec;
import io.github.flytehadoop.literal.wire.LazyMap;
import io.github.flytehadoop.literal.wire.WireBytes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The inputs or outputs of a task: {@code LiteralMap} of Flyte 1, {@code Inputs} and {@code
 * Outputs} of Flyte 2, which have one form.
 *
 * @param literals in the order they came
 * @param rest fields that are not known here, the context of Flyte 2 among them
 */
public record LiteralMap(Map<String, Literal> literals, WireBytes rest) {
  /** No variable: a file of no bytes. */
  public static final LiteralMap EMPTY = new LiteralMap(Map.of());

  /** Copies the map. */
  public LiteralMap {
    literals =
        literals instanceof LazyMap<Literal>
            ? literals
            : Collections.unmodifiableMap(new LinkedHashMap<>(literals));
    Objects.requireNonNull(rest, "rest");
  }

  /** Variables alone. */
  public LiteralMap(Map<String, Literal> literals) {
    this(literals, WireBytes.NONE);
  }

  /**
   * The context that Flyte 2 passes with {@code Inputs}: it is no input, and not in the cache's
   * key.
   *
   * @throws LiteralException when its bytes are damaged
   */
  public Map<String, String> context() throws LiteralException {
    return LiteralCodec.context(rest);
  }
}
