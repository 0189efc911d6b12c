/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.GoogleCloudStorageItemInfo;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.StorageResourceId;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.Advice;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.hadoop.WriterMark;
import io.github.flytehadoop.store.multipart.CopyingStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Copies within a bucket of GCS: the composition of one object. The connector's own copy can name
 * neither the version that is read nor the one that is replaced. The source is looked at first, for
 * its version, metadata and checksum, and the answer's checksum shows that this version was copied.
 */
final class GcsCopies {
  private final GcsStore store;

  GcsCopies(GcsStore store) {
    this.store = store;
  }

  static CopyingStore.Way wayOf(CopyingStore.Original original, Location to) {
    boolean here =
        original.store() instanceof GcsStore && original.at().authority().equals(to.authority());
    return here && original.pinned().etag() != null && original.pinned().lengthBytes() >= 0
        ? CopyingStore.Way.WHOLE
        : CopyingStore.Way.NONE;
  }

  Proof whole(
      CopyingStore.Original original,
      StorageResourceId source,
      Location to,
      StorageResourceId target,
      WriteOptions options)
      throws IOException {
    GoogleCloudStorageItemInfo listed = listed(original, source);
    Map<String, String> metadata =
        options.metadata().isEmpty()
            ? WriterMark.hidden(GcsMetadata.of(listed))
            : options.metadata();
    GoogleCloudStorageItemInfo kept;
    try {
      WriteOptions described = new WriteOptions(listed.getSize(), metadata, options.existing());
      kept = store.compose(List.of(source), target, described);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("copy to", to, failure);
    }
    String had = GcsStatus.crc32c(listed);
    String has = GcsStatus.crc32c(kept);
    if (listed.getSize() != kept.getSize() || (had != null && has != null && !had.equals(has))) {
      store.remove(to, kept.getContentGeneration());
      throw changed(original);
    }
    return had == null || has == null ? Proof.LENGTH : Proof.CHECKSUM;
  }

  private GoogleCloudStorageItemInfo listed(
      CopyingStore.Original original, StorageResourceId source) throws IOException {
    GoogleCloudStorageItemInfo now;
    try {
      now = store.objects().getItemInfo(source);
      if (!now.exists()) {
        throw new FileNotFoundException("it is not there");
      }
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.ofRead("copy", original.at(), failure);
    }
    if (!Long.toString(now.getContentGeneration()).equals(original.pinned().etag())) {
      throw changed(original);
    }
    return now;
  }

  private static TransferException changed(CopyingStore.Original original) {
    return new TransferException(
        FailureKind.SOURCE_CHANGED,
        original.at().text(),
        "Cannot copy "
            + Printable.of(original.at().text())
            + ": it was replaced after it was listed. "
            + Advice.of(FailureKind.SOURCE_CHANGED, original.at()),
        null);
  }
}
