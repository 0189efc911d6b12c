/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.api.services.storage.model.StorageObject;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.FailureAdvice;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.IntegrityCheck;
import io.github.flytehadoop.store.hadoop.WriterToken;
import io.github.flytehadoop.store.multipart.ServerSideCopy;
import java.io.IOException;

/**
 * Copies that GCS makes itself. The source is looked at first, for its version, metadata and
 * checksum; the copy names the version, so no other can be published.
 */
final class GcsCopies {
  private final GcsStore store;

  GcsCopies(GcsStore store) {
    this.store = store;
  }

  ServerSideCopy.CopyMode copyMode(ServerSideCopy.CopySource original) {
    boolean here =
        original.store() instanceof GcsStore other
            && store
                .requests()
                .connection()
                .settings()
                .isSameIdentity(other.requests().connection().settings());
    return here && original.pinned().etag() != null && original.pinned().lengthBytes() >= 0
        ? ServerSideCopy.CopyMode.WHOLE
        : ServerSideCopy.CopyMode.NONE;
  }

  Proof whole(ServerSideCopy.CopySource original, Location to, WriteOptions options)
      throws IOException {
    GcsRequests from = ((GcsStore) original.store()).requests();
    String key = GcsKeys.key(original.at());
    StorageObject source = pinned(original, from, key);
    WriteOptions described =
        options.metadata().isEmpty()
            ? options.with(WriterToken.hidden(GcsMetadata.of(source)))
            : options;
    GcsRequests.Version version = new GcsRequests.Version(key, GcsStatus.generationOf(source));
    StorageObject made;
    try {
      made =
          store
              .requests()
              .rewrite(
                  from,
                  version,
                  GcsMetadata.describing(GcsKeys.target(to), described),
                  GcsStore.replaced(options));
    } catch (IOException | RuntimeException failure) {
      made =
          store.writtenAllTheSame(
              to, options, GcsStatus.sizeOf(source), explained(original, from, key, to, failure));
    }
    IntegrityCheck.requireEqual(to, GcsStatus.sizeOf(source), GcsStatus.sizeOf(made));
    String had = GcsStatus.crc32c(source);
    String has = GcsStatus.crc32c(made);
    if (had == null || has == null) {
      return Proof.LENGTH;
    }
    IntegrityCheck.requireEqual(
        to, new Checksum(Checksum.CRC32C, had), new Checksum(Checksum.CRC32C, has));
    return Proof.CHECKSUM;
  }

  private static StorageObject pinned(
      ServerSideCopy.CopySource original, GcsRequests from, String key) throws IOException {
    StorageObject now;
    try {
      now = from.get(key);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.ofRead("copy", original.at(), failure);
    }
    if (!Long.toString(GcsStatus.generationOf(now)).equals(original.pinned().etag())) {
      throw changed(original);
    }
    return now;
  }

  /** A version that is not there any more was replaced, or is gone with its object. */
  private static TransferException explained(
      ServerSideCopy.CopySource original,
      GcsRequests from,
      String key,
      Location to,
      Exception failure) {
    if (HadoopFailures.kindOf(failure, FailureKind.CONFLICT) == FailureKind.NOT_FOUND) {
      try {
        pinned(original, from, key);
      } catch (TransferException ofSource) {
        return ofSource;
      } catch (IOException | RuntimeException unanswered) {
        failure.addSuppressed(unanswered);
      }
    }
    return HadoopFailures.of("copy to", to, failure);
  }

  private static TransferException changed(ServerSideCopy.CopySource original) {
    return Problem.cannot("copy", original.at().text())
        .because("it was replaced after it was listed")
        .remedy(FailureAdvice.of(FailureKind.SOURCE_CHANGED, original.at()))
        .kind(FailureKind.SOURCE_CHANGED)
        .exception();
  }
}
