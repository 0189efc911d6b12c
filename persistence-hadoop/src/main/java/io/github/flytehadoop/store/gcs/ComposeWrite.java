/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.CreateObjectOptions;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.GoogleCloudStorageItemInfo;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.StorageResourceId;
import io.github.flytehadoop.concurrent.Uninterrupted;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.Mismatch;
import io.github.flytehadoop.store.multipart.PartedUpload;
import io.github.flytehadoop.store.multipart.PartedWrite;
import io.github.flytehadoop.store.multipart.SentPart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Objects that GCS composes, without moving a byte: 32 at a time, and what came of that again. The
 * last step writes the target itself, so that the object appears at once and whole.
 */
final class ComposeWrite implements PartedWrite {
  /** What one request may compose. */
  static final int AT_ONCE = 32;

  private final GcsStore store;
  private final Location at;
  private final StorageResourceId target;
  private final WriteOptions options;
  private final PartedUpload upload;
  private final GcsParts parts;
  private boolean finished;

  ComposeWrite(
      GcsStore store,
      Location at,
      StorageResourceId target,
      WriteOptions options,
      PartedUpload upload) {
    this.store = store;
    this.at = at;
    this.target = target;
    this.options = options;
    this.upload = upload;
    this.parts = new GcsParts(store, target, upload.id());
  }

  void begin() throws IOException {
    parts.begin();
  }

  @Override
  public PartedUpload upload() {
    return upload;
  }

  @Override
  public Proof commit(Collection<SentPart> sent) throws IOException {
    if (finished) {
      throw new IllegalStateException("Cannot commit: this file is finished. Open a new one.");
    }
    try {
      List<SentPart> inOrder = upload.inOrder(sent);
      List<StorageResourceId> objects =
          new ArrayList<>(inOrder.stream().map(part -> parts.object(part.tag())).toList());
      for (int level = 1; objects.size() > AT_ONCE; level++) {
        objects = composed(objects, level);
      }
      return compare(inOrder, store.compose(objects, target, options));
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, failure);
    } finally {
      close();
    }
  }

  private List<StorageResourceId> composed(List<StorageResourceId> objects, int level)
      throws IOException {
    List<StorageResourceId> fewer = new ArrayList<>();
    for (int next = 0; next < objects.size(); next += AT_ONCE) {
      List<StorageResourceId> group =
          objects.subList(next, Math.min(objects.size(), next + AT_ONCE));
      if (group.size() == 1) {
        fewer.add(group.get(0));
        continue;
      }
      StorageResourceId step = parts.object("step-" + level + "-" + next / AT_ONCE);
      store
          .objects()
          .composeObjects(
              group,
              new StorageResourceId(step.getBucketName(), step.getObjectName(), 0),
              CreateObjectOptions.DEFAULT_OVERWRITE);
      fewer.add(step);
    }
    return fewer;
  }

  /** GCS derives the checksum from those of the parts; what differs is taken back at once. */
  private Proof compare(List<SentPart> sent, GoogleCloudStorageItemInfo kept) throws IOException {
    Checksum expected = PartedUpload.combined(sent);
    String arrived = GcsStatus.crc32c(kept);
    try {
      Mismatch.refuse(at, upload.lengthBytes(), kept.getSize());
      if (expected == null || arrived == null) {
        return Proof.LENGTH;
      }
      Mismatch.refuse(at, expected, new Checksum(Checksum.CRC32C, arrived));
      return Proof.CHECKSUM;
    } catch (TransferException mismatch) {
      store.remove(at, kept.getContentGeneration());
      throw mismatch;
    }
  }

  @Override
  public void close() {
    if (!finished) {
      finished = true;
      Uninterrupted.run(parts::sweep);
    }
  }
}
