/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.api.services.storage.model.StorageObject;
import io.github.flytehadoop.concurrent.Uninterruptibles;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.IntegrityCheck;
import io.github.flytehadoop.store.failure.LateRequest;
import io.github.flytehadoop.store.failure.RootCause;
import io.github.flytehadoop.store.multipart.Part;
import io.github.flytehadoop.store.multipart.PartSource;
import io.github.flytehadoop.store.multipart.UploadedPart;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts of a file in GCS: objects below a hidden prefix beside the target. A marker there says that
 * the file is still wanted. It goes first when the file is finished, and every worker looks for it
 * after it has written: so either the final sweep sees a late part, or its worker takes it back. No
 * request says that its name has to be free: the names are this upload's alone, and one that is
 * sent again after its answer was lost would find its own object.
 */
final class GcsParts {
  private static final Logger LOG = LoggerFactory.getLogger(GcsParts.class);
  private static final int BUFFER_BYTES = 256 << 10;
  private static final String MARKER = "wanted";

  private final GcsStore store;
  private final String prefix;

  /** The parts of an upload to a key; its id is the name of the hidden prefix. */
  GcsParts(GcsStore store, String key, String id) {
    this.store = store;
    this.prefix = key.substring(0, key.lastIndexOf('/') + 1) + id + "/";
  }

  /** The key of an object of the upload. */
  String key(String name) {
    return prefix + name;
  }

  /** The object that a part became: its receipt names it with its version. */
  GcsRequests.Version sent(UploadedPart part) {
    int at = part.tag().lastIndexOf('@');
    return at < 0
        ? new GcsRequests.Version(key(part.tag()), null)
        : new GcsRequests.Version(
            key(part.tag().substring(0, at)), Long.valueOf(part.tag().substring(at + 1)));
  }

  /** Whether an object in a hidden prefix is its marker. */
  static boolean isMarker(String key) {
    return key.endsWith("/" + MARKER);
  }

  /** Makes the marker, or leaves nothing (F95). */
  void begin() throws IOException {
    try {
      new GcsUpload(store.requests(), GcsMetadata.plain(key(MARKER)), null, 1).finish();
    } catch (IOException | RuntimeException failure) {
      Uninterruptibles.run(() -> sweep(LateRequest.after(failure)));
      throw failure;
    }
  }

  /** Each attempt writes an object of its own; its name is what the receipt says. */
  UploadedPart send(Part part, PartSource source, Location at) throws IOException {
    String name = String.format("part-%05d-%s", part.number(), UUID.randomUUID());
    StorageObject kept;
    GcsUpload upload =
        new GcsUpload(
            store.requests(),
            GcsMetadata.plain(key(name)),
            null,
            store.chunkBytes(part.lengthBytes()));
    try (InputStream in = source.open()) {
      copy(in, upload, part, at);
      kept = upload.finish();
    } catch (TransferException ofSource) {
      throw ofSource;
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, failure);
    } finally {
      Uninterruptibles.run(upload::abort);
    }
    compare(kept, upload, at, name);
    requireWanted(at, name);
    return new UploadedPart(
        part.number(),
        part.lengthBytes(),
        name + "@" + GcsStatus.generationOf(kept),
        upload.crc32c());
  }

  private static void copy(InputStream in, GcsUpload upload, Part part, Location at)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long sent = 0;
    for (int read; (read = in.read(buffer)) >= 0; sent += read) {
      upload.write(buffer, 0, read);
    }
    IntegrityCheck.requireEqual(at, part.lengthBytes(), sent);
  }

  private void compare(StorageObject kept, GcsUpload upload, Location at, String name)
      throws IOException {
    String arrived = GcsStatus.crc32c(kept);
    if (arrived != null) {
      try {
        IntegrityCheck.requireEqual(
            at, Checksum.crc32c(upload.crc32c()), new Checksum(Checksum.CRC32C, arrived));
      } catch (TransferException mismatch) {
        remove(name);
        throw mismatch;
      }
    }
  }

  private void requireWanted(Location at, String name) throws IOException {
    boolean wanted;
    try {
      wanted = store.requests().exists(key(MARKER));
    } catch (IOException | RuntimeException failure) {
      remove(name);
      throw HadoopFailures.of("write", at, failure);
    }
    if (!wanted) {
      remove(name);
      throw Problem.cannot("write", at.text())
          .because("the upload that this part belongs to has ended")
          .remedy("Run it again.")
          .kind(FailureKind.CONFLICT)
          .exception();
    }
  }

  /** First the marker, then what there is. */
  void sweep() {
    sweep(LateRequest.NONE);
  }

  private void sweep(LateRequest beginning) {
    try {
      beginning.remove(() -> store.requests().delete(new GcsRequests.Version(key(MARKER), null)));
      new GcsCleanup(store.requests()).deleteTree(prefix);
    } catch (IOException | RuntimeException failure) {
      LOG.warn("Objects below {} could not be removed: {}", prefix, RootCause.why(failure));
    }
  }

  /** Whoever was cancelled takes its part back all the same. */
  private void remove(String name) {
    Uninterruptibles.run(
        () -> {
          try {
            store.requests().delete(new GcsRequests.Version(key(name), null));
          } catch (IOException | RuntimeException failure) {
            LOG.warn("{} could not be removed: {}", key(name), RootCause.why(failure));
          }
        });
  }
}
