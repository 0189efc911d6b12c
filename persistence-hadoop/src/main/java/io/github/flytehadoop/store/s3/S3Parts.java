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
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;

/** The parts of one file, sent to S3 by whoever has them. */
final class S3Parts {
  private final S3Requests requests;
  private final String key;

  S3Parts(S3Requests requests, Path path) {
    this.requests = requests;
    this.key = requests.key(path);
  }

  /** Begins an upload; the answer is its id. */
  String start(WriteOptions options) throws IOException {
    return requests.begin(key, S3Requests.options(WriterMark.addTo(options), options.existing()));
  }

  /** Sends one part from its source. */
  SentPart send(PartedUpload upload, Part part, PartSource source, Location at) throws IOException {
    S3Body body = new S3Body(new PartAlone(part, source), part.range());
    try {
      return new SentPart(
          part.number(),
          part.lengthBytes(),
          S3Tag.of(
              requests.part(
                  key, upload.id(), part.number(), part.number() == upload.parts(), body)),
          SentPart.UNKNOWN);
    } catch (IOException | RuntimeException failure) {
      IOException ofSource = body.failure();
      throw ofSource == null ? HadoopFailures.of("write", at, failure) : ofSource;
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
        upload.lengthBytes(),
        S3Requests.options(options.metadata(), options.existing()));
  }

  void abort(PartedUpload upload) throws IOException {
    requests.abort(key, upload.id());
  }

  /** The parts that the store has now, the last of each number. */
  List<SentPart> current(PartedUpload upload) throws IOException {
    return requests.call(
        "list parts",
        key,
        client ->
            client
                .listPartsPaginator(
                    ListPartsRequest.builder()
                        .bucket(requests.bucket())
                        .key(key)
                        .uploadId(upload.id())
                        .build())
                .parts()
                .stream()
                .map(
                    part ->
                        new SentPart(part.partNumber(), part.size(), part.eTag(), SentPart.UNKNOWN))
                .toList());
  }
}
