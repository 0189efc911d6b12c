/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.location.RelativePath;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code putRawData} writes, and in which steps it reads a stream.
 *
 * @param uploadPrefix what follows the raw output prefix, empty for nothing, null for a random name
 * @param fileName the last segments, such as {@code bar} or {@code bar/00000}, or null for the
 *     file's own or a random name
 * @param readChunkSizeBytes the step in which a stream is read, at least 1 (fixes FAP-PR-7)
 * @param base whether the raw output prefix is put before {@code uploadPrefix}
 */
public record RawDataOptions(
    @Nullable String uploadPrefix, @Nullable String fileName, int readChunkSizeBytes, Base base) {
  /** What an upload prefix is relative to. */
  public enum Base {
    /** The raw output prefix. */
    RAW_OUTPUT_PREFIX,
    /** Nothing: the upload prefix is a whole location. */
    NONE
  }

  private static final RawDataOptions DEFAULTS =
      new RawDataOptions(null, null, 1 << 16, Base.RAW_OUTPUT_PREFIX);

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException for a chunk below 1 byte, or a name that could leave the
   *     prefix
   */
  public RawDataOptions {
    Objects.requireNonNull(base, "base");
    if (readChunkSizeBytes < 1) {
      throw Problem.cannot("read in chunks of " + readChunkSizeBytes + " bytes")
          .because("give 1 or more")
          .argument();
    }
    if (fileName != null && !fileName.isEmpty()) {
      new RelativePath(fileName);
    }
  }

  /** A random prefix below the raw output prefix, read in steps of 64 KiB (fixes W-33). */
  public static RawDataOptions defaults() {
    return DEFAULTS;
  }

  /** A copy with an upload prefix. */
  public RawDataOptions withUploadPrefix(String prefix) {
    return new RawDataOptions(
        Objects.requireNonNull(prefix, "uploadPrefix"), fileName, readChunkSizeBytes, base);
  }

  /** A copy with a file name; one of several segments is written below them, as by flytekit. */
  public RawDataOptions withFileName(String name) {
    return new RawDataOptions(
        uploadPrefix, Objects.requireNonNull(name, "fileName"), readChunkSizeBytes, base);
  }

  /** A copy with another step. */
  public RawDataOptions withReadChunkSizeBytes(int bytes) {
    return new RawDataOptions(uploadPrefix, fileName, bytes, base);
  }

  /** A copy whose upload prefix is a whole location (FAP-PR-3). */
  public RawDataOptions skipRawDataPrefix() {
    return new RawDataOptions(uploadPrefix, fileName, readChunkSizeBytes, Base.NONE);
  }
}
