/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import java.time.Instant;
import java.util.Objects;
import org.apache.hadoop.fs.FileStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a store says about one file or directory.
 *
 * @param kind file or directory
 * @param lengthBytes bytes; 0 for a directory, {@link #UNKNOWN_LENGTH} when the store does not say
 * @param modified as precise as the store is
 * @param etag an opaque version that pins a read, or null where the store has none
 * @param fileId what a file system calls the file whatever its name is, such as device and inode,
 *     or null; it means something on this machine alone
 * @param status Hadoop's own status when there is one: it spares a request when the file is opened
 */
public record Attributes(
    Kind kind,
    long lengthBytes,
    Instant modified,
    @Nullable String etag,
    @Nullable FileStatus status,
    @Nullable String fileId) {
  /** The length of something whose end is not known before it is read. */
  public static final long UNKNOWN_LENGTH = -1;

  /** What a path leads to. */
  public enum Kind {
    /** An object or a regular file. */
    FILE,
    /** A directory, or a prefix that has keys below it. */
    DIRECTORY
  }

  /** Refuses null. */
  public Attributes {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(modified, "modified");
  }

  /** What tells this version of a file from another: the etag, or the time where there is none. */
  public String version() {
    return etag == null ? modified.toString() : etag.replace("\"", "");
  }

  /** What a store says that has no identity of files. */
  public Attributes(
      Kind kind,
      long lengthBytes,
      Instant modified,
      @Nullable String etag,
      @Nullable FileStatus status) {
    this(kind, lengthBytes, modified, etag, status, null);
  }

  /** Whether this is a directory. */
  public boolean isDirectory() {
    return kind == Kind.DIRECTORY;
  }
}
