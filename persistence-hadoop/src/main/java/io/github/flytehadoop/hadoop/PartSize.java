/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import io.github.flytehadoop.hadoop.gcs.GcsKey;
import io.github.flytehadoop.hadoop.s3.S3Key;
import io.github.flytehadoop.location.StoreKind;
import java.util.Map;

/** The size of the parts that an upload is sent in. Source: FAP-C1, OPT-CK-2; fixes W-6. */
public final class PartSize {
  private static final long MIB = 1L << 20;
  // stores allow 10,000; the rest is reserve for a file that grows
  private static final long MOST_PARTS = 9_000;
  private static final long S3_LEAST = 5 * MIB;
  private static final long GCS_STEP = 8 * MIB;
  private static final long GCS_MOST = Integer.MAX_VALUE / GCS_STEP * GCS_STEP;

  private PartSize() {}

  /**
   * The part size for a file of this length: the configured one, or what keeps the file within the
   * parts that a store allows, in whole MiB.
   *
   * @param lengthBytes negative when it is unknown
   */
  public static long partSizeFor(long lengthBytes, long configuredBytes) {
    long least = lengthBytes <= 0 ? 0 : (lengthBytes - 1) / MOST_PARTS + 1;
    return least <= configuredBytes ? configuredBytes : (least + MIB - 1) / MIB * MIB;
  }

  /**
   * The Hadoop keys that give a store this part size, within what it takes: S3 at least 5 MiB, GCS
   * a multiple of 8 MiB. Empty for stores that have no such setting.
   *
   * @param scheme canonical
   */
  public static Map<String, String> keys(String scheme, long partSizeBytes) {
    return switch (StoreKind.familyOf(scheme)) {
      case S3 ->
          Map.of(S3Key.MULTIPART_SIZE.key(), Long.toString(Math.max(S3_LEAST, partSizeBytes)));
      case GCS ->
          Map.of(
              GcsKey.UPLOAD_CHUNK.key(), Long.toString(Math.min(GCS_MOST, stepped(partSizeBytes))));
      default -> Map.of();
    };
  }

  private static long stepped(long bytes) {
    return Math.max(1, (bytes + GCS_STEP - 1) / GCS_STEP) * GCS_STEP;
  }
}
