/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import java.util.Map;
import java.util.Objects;

/**
 * How a file is written.
 *
 * @param lengthBytes the expected length, which sizes the parts, or {@link
 *     Attributes#UNKNOWN_LENGTH}
 * @param metadata user metadata; ignored where {@link StoreTraits#metadata()} says there is none
 * @param existing what to do with a file of that name
 */
public record WriteOptions(long lengthBytes, Map<String, String> metadata, Existing existing) {
  /** What happens to a file that has the name already. */
  public enum Existing {
    /** It stays visible and whole until the new one is committed, then it is replaced. */
    REPLACE,
    /** The commit fails with {@code CONFLICT} and it stays. */
    REFUSE
  }

  /** Copies the metadata. */
  public WriteOptions {
    metadata = Map.copyOf(metadata);
    Objects.requireNonNull(existing, "existing");
  }

  /** Replaces, without metadata. */
  public static WriteOptions ofLength(long lengthBytes) {
    return new WriteOptions(lengthBytes, Map.of(), Existing.REPLACE);
  }
}
