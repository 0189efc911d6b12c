/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Source;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.hadoop.WriterMark;
import io.github.flytehadoop.store.multipart.Part;
import io.github.flytehadoop.store.multipart.PartSource;
import io.github.flytehadoop.store.multipart.PartedUpload;
import io.github.flytehadoop.store.multipart.SentPart;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;

/** The parts of one file, sent to S3 by whoever has them. */
final class S3Multipart {
  private final S3Requests requests;
  private final String key;

  S3Multipart(S3Requests requests, String key) {
    this.requests = requests;
    this.key = key;
  }

  /** Begins an upload; the answer is its id. */
  String start(WriteOptions options) throws IOException {
    return S3Pending.begin(
            requests, key, new S3WriteHeaders(WriterMark.addTo(options), options.existing()))
        .id();
  }

  /** Sends one part from its source. */
  SentPart send(PartedUpload upload, Part part, PartSource source, Location at) throws IOException {
    try (S3RequestBody body = new S3RequestBody(new PartAlone(part, source), part.range())) {
      try {
        return new SentPart(
            part.number(),
            part.lengthBytes(),
            S3Tag.of(requests.part(key, upload.id(), part.number(), body)),
            SentPart.UNKNOWN);
      } catch (IOException | RuntimeException failure) {
        IOException ofSource = body.failure();
        throw HadoopFailures.of("write", at, ofSource == null ? failure : ofSource);
      }
    }
  }

  private record PartAlone(Part part, PartSource bytes) implements Source {
    @Override
    public long lengthBytes() {
      return part.lengthBytes();
    }

    @Override
    public InputStream open(@Nullable ByteRange range) throws IOException {
      return bytes.open();
    }
  }

  void complete(PartedUpload upload, List<SentPart> sent, WriteOptions options) throws IOException {
    requests.complete(
        key,
        upload.id(),
        sent.stream().map(S3Tag::part).toList(),
        new S3WriteHeaders(options.metadata(), options.existing()));
  }

  void abort(PartedUpload upload) throws IOException {
    requests.abort(key, upload.id());
  }

  /** The parts that the store has now, the last of each number. */
  List<SentPart> current(PartedUpload upload) throws IOException {
    List<SentPart> found = new ArrayList<>();
    Integer after = null;
    ListPartsResponse page;
    do {
      page = requests.parts(key, upload.id(), after);
      page.parts()
          .forEach(
              part ->
                  found.add(
                      new SentPart(part.partNumber(), part.size(), part.eTag(), SentPart.UNKNOWN)));
      after = page.nextPartNumberMarker();
    } while (Boolean.TRUE.equals(page.isTruncated()) && after != null);
    return found;
  }
}
