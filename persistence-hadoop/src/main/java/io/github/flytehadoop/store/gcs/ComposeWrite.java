/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.api.services.storage.model.StorageObject;
import io.github.flytehadoop.concurrent.Uninterruptibles;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.IntegrityCheck;
import io.github.flytehadoop.store.multipart.MultipartUpload;
import io.github.flytehadoop.store.multipart.MultipartWrite;
import io.github.flytehadoop.store.multipart.UploadedPart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Objects that GCS composes, without moving a byte: 32 at a time, and what came of that again. The
 * last step writes the target itself, so that the object appears at once and whole. Each step names
 * the versions that it takes, whose digests are known: so that of the whole is known before it is.
 */
final class ComposeWrite implements MultipartWrite {
  /** What one request may compose. */
  static final int AT_ONCE = 32;

  private final GcsStore store;
  private final Location at;
  private final WriteOptions options;
  private final MultipartUpload upload;
  private final GcsParts parts;
  private boolean finished;

  ComposeWrite(GcsStore store, Location at, WriteOptions options, MultipartUpload upload)
      throws TransferException {
    this.store = store;
    this.at = at;
    this.options = options;
    this.upload = upload;
    this.parts = new GcsParts(store, GcsKeys.target(at), upload.id());
  }

  void begin() throws IOException {
    parts.begin();
  }

  @Override
  public MultipartUpload upload() {
    return upload;
  }

  @Override
  public Proof commit(Collection<UploadedPart> sent) throws IOException {
    if (finished) {
      throw Problem.cannot("commit")
          .because("this file is finished")
          .remedy("Open a new one.")
          .state();
    }
    try {
      List<UploadedPart> inOrder = upload.inOrder(sent);
      List<GcsRequests.Version> objects =
          new ArrayList<>(inOrder.stream().map(parts::sent).toList());
      for (int level = 1; objects.size() > AT_ONCE; level++) {
        objects = composed(objects, level);
      }
      return compare(inOrder, published(objects));
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, failure);
    } finally {
      close();
    }
  }

  private StorageObject published(List<GcsRequests.Version> objects) throws IOException {
    StorageObject target = GcsMetadata.describing(GcsKeys.target(at), options);
    try {
      return store.requests().compose(objects, target, GcsStore.replaced(options));
    } catch (IOException | RuntimeException failure) {
      return store.writtenAllTheSame(
          at, options, upload.lengthBytes(), HadoopFailures.of("write", at, failure));
    }
  }

  private List<GcsRequests.Version> composed(List<GcsRequests.Version> objects, int level)
      throws IOException {
    List<GcsRequests.Version> fewer = new ArrayList<>();
    for (int next = 0; next < objects.size(); next += AT_ONCE) {
      List<GcsRequests.Version> group =
          objects.subList(next, Math.min(objects.size(), next + AT_ONCE));
      if (group.size() == 1) {
        fewer.add(group.get(0));
        continue;
      }
      String key = parts.key("step-" + level + "-" + next / AT_ONCE);
      StorageObject step = store.requests().compose(group, GcsMetadata.plain(key), null);
      fewer.add(new GcsRequests.Version(key, GcsStatus.generationOf(step)));
    }
    return fewer;
  }

  /** GCS derives the checksum from those of the parts; what differs is no GCS. */
  private Proof compare(List<UploadedPart> sent, StorageObject kept) throws IOException {
    Checksum expected = MultipartUpload.combined(sent);
    String arrived = GcsStatus.crc32c(kept);
    try {
      IntegrityCheck.requireEqual(at, upload.lengthBytes(), GcsStatus.sizeOf(kept));
      if (expected == null || arrived == null) {
        return Proof.LENGTH;
      }
      IntegrityCheck.requireEqual(at, expected, new Checksum(Checksum.CRC32C, arrived));
      return Proof.CHECKSUM;
    } catch (TransferException mismatch) {
      store.remove(at, GcsStatus.generationOf(kept));
      throw mismatch;
    }
  }

  @Override
  public void close() {
    if (!finished) {
      finished = true;
      Uninterruptibles.run(parts::sweep);
    }
  }
}
