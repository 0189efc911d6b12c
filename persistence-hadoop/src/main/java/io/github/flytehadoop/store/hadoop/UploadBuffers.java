/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hadoop;

import io.github.flytehadoop.hadoop.PartSize;

/**
 * What a stream to an object store holds in memory: whole parts, allocated before they are filled,
 * four on their way and one that fills.
 */
public final class UploadBuffers {
  private static final long SMALL_FILE_BYTES = 5L << 20;
  private static final int PARTS_PER_STREAM = 5;

  private UploadBuffers() {}

  /** The parts that a file of this length is sent in; negative when it is unknown. */
  public static long partSizeFor(long lengthBytes, long configuredBytes) {
    return lengthBytes >= 0 && lengthBytes <= SMALL_FILE_BYTES
        ? SMALL_FILE_BYTES
        : PartSize.partSizeFor(lengthBytes, configuredBytes);
  }

  /** How many parts that makes; one is a single request. */
  public static long partsOf(long lengthBytes, long configuredBytes) {
    return lengthBytes < 0
        ? 1
        : Math.max(1, (lengthBytes - 1) / partSizeFor(lengthBytes, configuredBytes) + 1);
  }

  /** The most memory that the upload of such a file takes; negative when its length is unknown. */
  public static long bytesFor(long lengthBytes, long configuredBytes) {
    long part = partSizeFor(lengthBytes, configuredBytes);
    long parts = lengthBytes < 0 ? PARTS_PER_STREAM : partsOf(lengthBytes, configuredBytes);
    return part * Math.min(PARTS_PER_STREAM, parts);
  }
}
