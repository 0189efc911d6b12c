/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.Printable;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is at a path.
 *
 * @param uri in the form the caller used; for an entry of a listing the root's string, {@code /}
 *     and the literal key
 * @param length bytes; 0 for a directory, -1 when the store does not say
 * @param modified as precise as the store is
 * @param kind file or directory
 * @param etag the store's opaque version, or null
 * @param checksum {@code algorithm:hex} where the store keeps a digest, or null; only from {@code
 *     stat}
 * @param metadata user metadata; only from {@code stat}, empty in listings
 * @param problem why nobody can read an entry of a listing: a pipe, a broken link, a key such as
 *     {@code a//b}, or a directory without permission; null for all else
 */
public record ObjectStatus(
    String uri,
    long length,
    Instant modified,
    Kind kind,
    @Nullable String etag,
    @Nullable String checksum,
    Map<String, String> metadata,
    @Nullable String problem) {
  /** What a path leads to. */
  public enum Kind {
    /** An object or a regular file. */
    FILE,
    /** A directory, or a prefix with keys below it. */
    DIRECTORY
  }

  /** A file or directory. */
  public ObjectStatus(
      String uri,
      long length,
      Instant modified,
      Kind kind,
      @Nullable String etag,
      @Nullable String checksum,
      Map<String, String> metadata) {
    this(uri, length, modified, kind, etag, checksum, metadata, null);
  }

  /** Copies the metadata. */
  public ObjectStatus {
    Objects.requireNonNull(uri, "uri");
    Objects.requireNonNull(modified, "modified");
    Objects.requireNonNull(kind, "kind");
    metadata = Map.copyOf(metadata);
  }

  /** The components, without the query of a web address. */
  @Override
  public String toString() {
    return "ObjectStatus[uri=%s, length=%d, modified=%s, kind=%s, etag=%s, checksum=%s]"
        .formatted(Printable.of(uri), length, modified, kind, etag, checksum);
  }

  /** Whether this is a directory. */
  public boolean isDirectory() {
    return kind == Kind.DIRECTORY;
  }
}
