/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.GoogleCloudStorage;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.GoogleCloudStorageItemInfo;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.ListObjectOptions;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.StorageResourceId;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.Mismatch;
import io.github.flytehadoop.store.failure.Words;
import io.github.flytehadoop.store.multipart.Part;
import io.github.flytehadoop.store.multipart.PartSource;
import io.github.flytehadoop.store.multipart.SentPart;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts of a file in GCS: objects below a hidden prefix beside the target. A marker there says that
 * the file is still wanted. It goes first when the file is finished, and every worker looks for it
 * after it has written: so either the final sweep sees a late part, or its worker takes it back.
 */
final class GcsParts {
  private static final Logger LOG = LoggerFactory.getLogger(GcsParts.class);
  private static final int BUFFER_BYTES = 256 << 10;
  private static final long NEW = 0;
  private static final String MARKER = "wanted";
  private static final ListObjectOptions ALL =
      ListObjectOptions.DEFAULT_FLAT_LIST.toBuilder().setIncludePrefix(true).build();

  private final GcsStore store;
  private final StorageResourceId target;
  private final String prefix;

  /** The parts of an upload; its id is the name of the hidden prefix. */
  GcsParts(GcsStore store, StorageResourceId target, String id) {
    this.store = store;
    this.target = target;
    String key = target.getObjectName();
    this.prefix = key.substring(0, key.lastIndexOf('/') + 1) + id + "/";
  }

  StorageResourceId object(String name) {
    return new StorageResourceId(target.getBucketName(), prefix + name);
  }

  /** Whether an object in a hidden prefix is its marker. */
  static boolean isMarker(String key) {
    return key.endsWith("/" + MARKER);
  }

  private StorageResourceId marker() {
    return object(MARKER);
  }

  void begin() throws IOException {
    put(new StorageResourceId(target.getBucketName(), prefix + MARKER, NEW), new byte[0]);
  }

  private void put(StorageResourceId at, byte[] content) throws IOException {
    GcsUpload upload = store.plainUpload(at, content.length);
    try {
      upload.write(content, 0, content.length);
      upload.finish();
    } finally {
      upload.abort();
    }
  }

  /** Each attempt writes an object of its own; its name is what the receipt says. */
  SentPart send(Part part, PartSource source, Location at) throws IOException {
    String name = String.format("part-%05d-%s", part.number(), UUID.randomUUID());
    GoogleCloudStorageItemInfo kept;
    CRC32C crc = new CRC32C();
    StorageResourceId fresh = new StorageResourceId(target.getBucketName(), prefix + name, NEW);
    try (InputStream in = source.open()) {
      GcsUpload upload = store.plainUpload(fresh, part.lengthBytes());
      try {
        copy(in, upload, crc, part, at);
        kept = upload.finish();
      } finally {
        upload.abort();
      }
    } catch (TransferException ofSource) {
      throw ofSource;
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, failure);
    }
    compare(kept, crc, at, name);
    requireWanted(at, name);
    return new SentPart(part.number(), part.lengthBytes(), name, crc.getValue());
  }

  private static void copy(InputStream in, GcsUpload upload, CRC32C crc, Part part, Location at)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long sent = 0;
    for (int read; (read = in.read(buffer)) >= 0; sent += read) {
      upload.write(buffer, 0, read);
      crc.update(buffer, 0, read);
    }
    Mismatch.refuse(at, part.lengthBytes(), sent);
  }

  private void compare(GoogleCloudStorageItemInfo kept, CRC32C crc, Location at, String name)
      throws IOException {
    String arrived = GcsStatus.crc32c(kept);
    if (arrived != null) {
      try {
        Mismatch.refuse(
            at, Checksum.crc32c(crc.getValue()), new Checksum(Checksum.CRC32C, arrived));
      } catch (TransferException mismatch) {
        remove(List.of(object(name)));
        throw mismatch;
      }
    }
  }

  private void requireWanted(Location at, String name) throws IOException {
    boolean wanted;
    try {
      wanted = store.objects().getItemInfo(marker()).exists();
    } catch (IOException | RuntimeException failure) {
      remove(List.of(object(name)));
      throw HadoopFailures.of("write", at, failure);
    }
    if (!wanted) {
      remove(List.of(object(name)));
      throw new TransferException(
          FailureKind.CONFLICT,
          at.text(),
          "Cannot write "
              + Printable.of(at.text())
              + ": the upload that this part belongs to has ended. Run it again.",
          null);
    }
  }

  /** First the marker, then what there is. */
  void sweep() {
    GoogleCloudStorage objects = store.objects();
    try {
      if (objects.getItemInfo(marker()).exists()) {
        objects.deleteObjects(List.of(marker()));
      }
      List<StorageResourceId> left = new ArrayList<>();
      for (GoogleCloudStorageItemInfo item :
          objects.listObjectInfo(target.getBucketName(), prefix, ALL)) {
        if (item.getObjectName() != null && !item.getObjectName().equals(prefix)) {
          left.add(new StorageResourceId(item.getBucketName(), item.getObjectName()));
        }
      }
      remove(left);
    } catch (IOException | RuntimeException failure) {
      LOG.warn("Objects below {} could not be removed: {}", prefix, Words.why(failure));
    }
  }

  private void remove(List<StorageResourceId> doomed) {
    try {
      if (!doomed.isEmpty()) {
        store.objects().deleteObjects(doomed);
      }
    } catch (IOException | RuntimeException failure) {
      LOG.warn("Objects below {} could not be removed: {}", prefix, Words.why(failure));
    }
  }
}
