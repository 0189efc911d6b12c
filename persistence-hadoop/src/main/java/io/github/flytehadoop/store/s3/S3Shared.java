/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.hadoop.PartSize;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.multipart.CopyingStore;
import io.github.flytehadoop.store.multipart.Part;
import io.github.flytehadoop.store.multipart.PartSource;
import io.github.flytehadoop.store.multipart.PartedUpload;
import io.github.flytehadoop.store.multipart.PartedWrite;
import io.github.flytehadoop.store.multipart.SentPart;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** Files of S3 that several workers write, or that S3 copies itself. */
final class S3Shared {
  private static final long LEAST_PART_BYTES = 5L << 20;

  private final S3Store store;
  private final S3Requests requests;

  S3Shared(S3Store store, S3Requests requests) {
    this.store = store;
    this.requests = requests;
  }

  S3Copies copies() {
    return new S3Copies(requests);
  }

  @Nullable PartedWrite startParts(Location at, WriteOptions options, long partBytes)
      throws IOException {
    Path path = store.target(at);
    if (!requests.takes(path) || options.lengthBytes() <= 0) {
      return null;
    }
    long size = PartSize.partSizeFor(options.lengthBytes(), Math.max(LEAST_PART_BYTES, partBytes));
    S3Parts parts = new S3Parts(requests, path);
    try {
      PartedUpload upload =
          new PartedUpload(at.text(), parts.start(options), options.lengthBytes(), size);
      return new UploaderWrite(store, parts, upload, options);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, failure);
    }
  }

  /** An upload takes nothing over from an original: what that has is asked for. */
  @Nullable PartedWrite startCopy(CopyingStore.Original original, Location to, WriteOptions options)
      throws IOException {
    WriteOptions kept =
        options.metadata().isEmpty()
            ? options.with(original.store().metadata(original.at()))
            : options;
    return startParts(to, kept, copies().partBytes());
  }

  SentPart sendPart(PartedUpload upload, Part part, PartSource source) throws IOException {
    Location at = Location.parse(upload.target());
    return new S3Parts(requests, store.target(at)).send(upload, part, source, at);
  }
}
