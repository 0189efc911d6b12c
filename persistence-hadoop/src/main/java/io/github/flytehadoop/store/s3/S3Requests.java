/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.WriteOptions;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.Invoker;
import org.apache.hadoop.fs.s3a.S3ADataBlocks.BlockUploadData;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.fs.s3a.Statistic;
import org.apache.hadoop.fs.s3a.WriteOperationHelper;
import org.apache.hadoop.fs.s3a.impl.PutObjectOptions;
import org.apache.hadoop.fs.s3a.impl.StoreContext;
import org.apache.hadoop.fs.s3a.impl.write.WriteObjectFlags;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * The requests of S3A's own writer, with its credentials, encryption, retries and counters, for
 * bodies that nobody has to hold in memory. One serves all threads.
 */
final class S3Requests {
  private static final String TYPE = "application/octet-stream";

  private final S3AFileSystem fileSystem;
  private final StoreContext context;
  private final WriteOperationHelper helper;

  private S3Requests(S3AFileSystem fileSystem, StoreContext context, WriteOperationHelper helper) {
    this.fileSystem = fileSystem;
    this.context = context;
    this.helper = helper;
  }

  /** Null where only S3A's stream does what is asked for: client-side encryption, one PUT. */
  static @Nullable S3Requests of(FileSystem fileSystem) throws IOException {
    if (!(fileSystem instanceof S3AFileSystem s3a)) {
      return null;
    }
    StoreContext context = s3a.createStoreContext();
    boolean parts = s3a.getConf().getBoolean("fs.s3a.multipart.uploads.enabled", true);
    boolean conditions = s3a.getConf().getBoolean("fs.s3a.create.conditional.enabled", true);
    return context.isCSEEnabled() || !parts || !conditions
        ? null
        : new S3Requests(
            s3a, context, s3a.createWriteOperationHelper(s3a.createSpan("flyte_put", null, null)));
  }

  /** Where S3A's committers hide what is not committed is for S3A alone. */
  boolean takes(Path path) {
    return !path.toString().contains("/__magic");
  }

  String key(Path path) {
    return context.pathToKey(path);
  }

  static PutObjectOptions options(Map<String, String> metadata, WriteOptions.Existing existing) {
    EnumSet<WriteObjectFlags> flags = EnumSet.of(WriteObjectFlags.Performance);
    if (existing == WriteOptions.Existing.REFUSE) {
      flags.add(WriteObjectFlags.ConditionalOverwrite);
    }
    return new PutObjectOptions(null, metadata, flags, null);
  }

  /** At most so many of the threads of this file system. */
  ExecutorService threads(int most) {
    return context.createThrottledExecutor(most);
  }

  /** Returns the etag. */
  @Nullable String put(String key, PutObjectOptions options, S3Body body) throws IOException {
    try (BlockUploadData data = new BlockUploadData(body)) {
      return helper
          .putObject(
              helper.createPutObjectRequest(key, body.getSize(), options), options, data, null)
          .eTag();
    }
  }

  String begin(String key, PutObjectOptions options) throws IOException {
    return helper.initiateMultiPartUpload(key, options);
  }

  CompletedPart part(String key, String upload, int number, boolean last, S3Body body)
      throws IOException {
    try (body) {
      UploadPartResponse answer =
          helper.uploadPart(
              helper.newUploadPartRequestBuilder(key, upload, number, last, body.getSize()).build(),
              RequestBody.fromContentProvider(body, body.getSize(), TYPE),
              null);
      return CompletedPart.builder()
          .eTag(answer.eTag())
          .partNumber(number)
          .checksumCRC32(answer.checksumCRC32())
          .checksumCRC32C(answer.checksumCRC32C())
          .checksumCRC64NVME(answer.checksumCRC64NVME())
          .checksumSHA1(answer.checksumSHA1())
          .checksumSHA256(answer.checksumSHA256())
          .build();
    }
  }

  /** Returns the etag. */
  @Nullable String complete(
      String key, String upload, List<CompletedPart> parts, long length, PutObjectOptions options)
      throws IOException {
    // S3A counts no end of an upload; its own stream counts the start twice
    context.incrementStatistic(Statistic.OBJECT_MULTIPART_UPLOAD_INITIATED);
    return helper
        .completeMPUwithRetries(key, upload, parts, length, new AtomicInteger(), options)
        .eTag();
  }

  S3AFileSystem fileSystem() {
    return fileSystem;
  }

  String bucket() {
    return context.getBucket();
  }

  /** A request for which S3A has no words. */
  interface Sdk<T> {
    T send(S3Client client) throws IOException;
  }

  /** Sends a request of the SDK, again where S3A would. */
  <T> T call(String verb, String key, Sdk<T> request) throws IOException {
    return helper.retry(
        verb, key, true, () -> request.send(fileSystem.getS3AInternals().getAmazonS3Client(verb)));
  }

  /** A GET of an object, with what it takes to read it; each is counted as one of S3A's. */
  GetObjectRequest.Builder get(String key) {
    context.incrementStatistic(Statistic.ACTION_HTTP_GET_REQUEST);
    return context.getRequestFactory().newGetObjectRequestBuilder(key);
  }

  /** Counts a copy, as S3A does for its own. */
  void countCopy() {
    context.incrementStatistic(Statistic.OBJECT_COPY_REQUESTS);
  }

  void abort(String key, String upload) throws IOException {
    helper.abortMultipartUpload(key, upload, true, Invoker.NO_OP);
  }

  /** S3 compares each part with the checksum that comes with it, where one is asked for. */
  static Proof proof(FileSystem fileSystem) {
    String algorithm = fileSystem.getConf().getTrimmed("fs.s3a.create.checksum.algorithm", "NONE");
    return algorithm.equalsIgnoreCase("NONE") || algorithm.isEmpty()
        ? Proof.LENGTH
        : Proof.CHECKSUM;
  }
}
