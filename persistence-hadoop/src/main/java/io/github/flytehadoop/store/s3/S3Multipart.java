/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.hadoop.request.PageTokens;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.RereadableSource;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.hadoop.WriterToken;
import io.github.flytehadoop.store.multipart.MultipartUpload;
import io.github.flytehadoop.store.multipart.Part;
import io.github.flytehadoop.store.multipart.PartSource;
import io.github.flytehadoop.store.multipart.UploadedPart;
import io.github.flytehadoop.store.s3.request.S3RequestBody;
import io.github.flytehadoop.store.s3.request.S3Tag;
import io.github.flytehadoop.store.s3.request.S3WriteHeaders;
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
            requests, key, new S3WriteHeaders(WriterToken.addTo(options), options.existing()))
        .id();
  }

  /** Sends one part from its source. */
  UploadedPart send(MultipartUpload upload, Part part, PartSource source, Location at)
      throws IOException {
    try (S3RequestBody body = new S3RequestBody(new PartAlone(part, source), part.range())) {
      try {
        return new UploadedPart(
            part.number(),
            part.lengthBytes(),
            S3Tag.of(requests.part(key, upload.id(), part.number(), body)),
            UploadedPart.UNKNOWN);
      } catch (IOException | RuntimeException failure) {
        IOException ofSource = body.failure();
        throw HadoopFailures.of("write", at, ofSource == null ? failure : ofSource);
      }
    }
  }

  private record PartAlone(Part part, PartSource bytes) implements RereadableSource {
    @Override
    public long lengthBytes() {
      return part.lengthBytes();
    }

    @Override
    public InputStream open(@Nullable ByteRange range) throws IOException {
      return bytes.open();
    }
  }

  void complete(MultipartUpload upload, List<UploadedPart> sent, WriteOptions options)
      throws IOException {
    requests.complete(
        key,
        upload.id(),
        sent.stream().map(S3Tag::part).toList(),
        new S3WriteHeaders(options.metadata(), options.existing()));
  }

  void abort(MultipartUpload upload) throws IOException {
    requests.abort(key, upload.id());
  }

  /** The parts that the store has now, the last of each number. */
  List<UploadedPart> current(MultipartUpload upload) throws IOException {
    List<UploadedPart> found = new ArrayList<>();
    Integer after = null;
    PageTokens pages = new PageTokens();
    ListPartsResponse page;
    do {
      page = requests.parts(key, upload.id(), after);
      page.parts()
          .forEach(
              part ->
                  found.add(
                      new UploadedPart(
                          part.partNumber(), part.size(), part.eTag(), UploadedPart.UNKNOWN)));
      after = page.nextPartNumberMarker();
    } while (pages.turn(page.isTruncated(), after == null ? "" : after.toString()));
    return found;
  }
}
