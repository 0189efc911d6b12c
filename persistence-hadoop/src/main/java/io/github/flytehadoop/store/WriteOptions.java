/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.location.Location;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a file is written.
 *
 * @param lengthBytes the expected length, which sizes the parts, or {@link
 *     Attributes#UNKNOWN_LENGTH}
 * @param metadata user metadata; ignored where {@link StoreTraits#metadata()} says there is none
 * @param existing what to do with a file of that name
 * @param writer who writes: the same for every try of one file in one job, for nobody else, and at
 *     most 100 letters, digits and dashes. A store uses it to tell its own file, whose answer was
 *     lost, from another's.
 * @param tag of the run, part of the names of its temporary files; see {@link ReservedNames#tagOf}
 * @param root the directory below which a file system follows no link on the way to the file, or
 *     null when whoever asks has named the whole path
 * @param mode of the file from its first byte on, or null for what the store gives to a new one;
 *     ignored by stores that are no {@link ModeStore}
 */
public record WriteOptions(
    long lengthBytes,
    Map<String, String> metadata,
    Existing existing,
    String writer,
    String tag,
    @Nullable Location root,
    @Nullable FileMode mode) {
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
    Objects.requireNonNull(writer, "writer");
    Objects.requireNonNull(tag, "tag");
  }

  /** For a writer with one try. */
  public WriteOptions(long lengthBytes, Map<String, String> metadata, Existing existing) {
    this(lengthBytes, metadata, existing, UUID.randomUUID().toString(), "");
  }

  /** For a path that whoever asks has named. */
  public WriteOptions(
      long lengthBytes,
      Map<String, String> metadata,
      Existing existing,
      String writer,
      String tag) {
    this(lengthBytes, metadata, existing, writer, tag, null, null);
  }

  /** The same with other metadata. */
  public WriteOptions with(Map<String, String> other) {
    return new WriteOptions(lengthBytes, other, existing, writer, tag, root, mode);
  }

  /** The same with another mode. */
  public WriteOptions with(@Nullable FileMode other) {
    return new WriteOptions(lengthBytes, metadata, existing, writer, tag, root, other);
  }

  /** The same below a root. */
  public WriteOptions below(@Nullable Location other) {
    return new WriteOptions(lengthBytes, metadata, existing, writer, tag, other, mode);
  }

  /** Replaces, without metadata. */
  public static WriteOptions ofLength(long lengthBytes) {
    return new WriteOptions(lengthBytes, Map.of(), Existing.REPLACE);
  }
}
