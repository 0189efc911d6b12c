/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.api.client.util.DateTime;
import com.google.api.services.storage.model.StorageObject;
import io.github.flytehadoop.store.Attributes;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import org.apache.hadoop.fs.FileStatus;
import org.jspecify.annotations.Nullable;

/** What one answer of GCS says of an object; the checksum comes along, so it costs no request. */
final class GcsStatus extends FileStatus {
  private static final long serialVersionUID = 1L;
  private static final long BLOCK_BYTES = 1L << 26;

  private final @Nullable String crc32c;

  @SuppressWarnings("NullAway") // a status without a path, as nobody asks for it
  private GcsStatus(StorageObject object) {
    super(sizeOf(object), false, 1, BLOCK_BYTES, 0, null);
    this.crc32c = crc32c(object);
  }

  /** A prefix has no time of its own. */
  static Attributes directory() {
    return new Attributes(Attributes.Kind.DIRECTORY, 0, Instant.EPOCH, null, null);
  }

  static Attributes file(StorageObject object) {
    return new Attributes(
        Attributes.Kind.FILE,
        sizeOf(object),
        timeOf(object.getUpdated()),
        object.getGeneration() == null ? null : object.getGeneration().toString(),
        new GcsStatus(object));
  }

  static long sizeOf(StorageObject object) {
    return object.getSize() == null ? 0 : object.getSize().longValueExact();
  }

  static Instant timeOf(@Nullable DateTime time) {
    return time == null ? Instant.EPOCH : Instant.ofEpochMilli(time.getValue());
  }

  /** The generation of an object that an answer tells. */
  static long generationOf(StorageObject object) {
    return Objects.requireNonNull(object.getGeneration(), "generation");
  }

  /** In hexadecimal; null where the store does not say. */
  static @Nullable String crc32c(StorageObject object) {
    return object.getCrc32c() == null
        ? null
        : HexFormat.of().formatHex(Base64.getDecoder().decode(object.getCrc32c()));
  }

  /** In hexadecimal, or null. */
  @Nullable String crc32c() {
    return crc32c;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
