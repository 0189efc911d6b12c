/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

/**
 * How large the parts of a stream are whose end nobody knows. The first thousand have the
 * configured size; then they grow, so that the ten thousand that an upload can have hold 5 TiB.
 *
 * @param firstBytes of the first parts
 */
record S3PartSizes(long firstBytes) {
  private static final int MOST_PARTS = 10_000;
  private static final int EQUAL_PARTS = 1_000;
  private static final long MOST_BYTES = 5L << 40;
  private static final long LEAST_PART_BYTES = 5L << 20;

  /** What a stream holds in memory for a part; larger ones are for sources that hold none. */
  private static final long MOST_HELD_BYTES = 64L << 20;

  /** Sizes that start with the configured one, as far as a part is to be held in memory. */
  static S3PartSizes of(long configuredBytes) {
    return new S3PartSizes(Math.max(LEAST_PART_BYTES, Math.min(MOST_HELD_BYTES, configuredBytes)));
  }

  /** The size of a part, from 1. */
  long bytesOf(int number) {
    int further = number - EQUAL_PARTS;
    if (further <= 0) {
      return firstBytes;
    }
    long growing = MOST_PARTS - EQUAL_PARTS;
    long missing = MOST_BYTES - firstBytes * MOST_PARTS;
    return missing <= 0
        ? firstBytes
        : firstBytes + (long) Math.ceil(2.0 * missing * further / (growing * growing));
  }
}
