/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.GoogleCloudStorageItemInfo;
import java.util.HexFormat;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * What one answer of GCS says of an object. The connector's own status keeps the generation and the
 * checksum to itself; this one shows both, so that neither costs a request.
 */
final class GcsStatus extends FileStatus implements EtagSource {
  private static final long serialVersionUID = 1L;

  private final @Nullable String generation;
  private final @Nullable String crc32c;

  private GcsStatus(GoogleCloudStorageItemInfo item, Path path) {
    super(
        item.isDirectory() ? 0 : item.getSize(),
        item.isDirectory(),
        1,
        1L << 26,
        item.getModificationTime(),
        path);
    this.generation = item.isDirectory() ? null : Long.toString(item.getContentGeneration());
    this.crc32c = crc32c(item);
  }

  static GcsStatus of(GoogleCloudStorageItemInfo item, Path root) {
    String key = item.getObjectName() == null ? "" : item.getObjectName();
    String name = key.endsWith("/") ? key.substring(0, key.length() - 1) : key;
    return new GcsStatus(
        item, new Path(root.toUri().getScheme(), root.toUri().getAuthority(), "/" + name));
  }

  static @Nullable String crc32c(GoogleCloudStorageItemInfo item) {
    var digests = item.getVerificationAttributes();
    return digests == null || digests.getCrc32c() == null
        ? null
        : HexFormat.of().formatHex(digests.getCrc32c());
  }

  /** The generation: a number that no other version of the object has. */
  @Override
  public @Nullable String getEtag() {
    return generation;
  }

  /** In hexadecimal, or null. */
  @Nullable String crc32c() {
    return crc32c;
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
