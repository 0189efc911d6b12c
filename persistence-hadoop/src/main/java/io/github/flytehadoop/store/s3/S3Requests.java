/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.hadoop.s3.S3Connection;
import io.github.flytehadoop.hadoop.s3.S3ObjectOptions;
import io.github.flytehadoop.hadoop.s3.message.S3Answer;
import io.github.flytehadoop.store.s3.request.S3LargeObjects;
import io.github.flytehadoop.store.s3.request.S3Objects;
import io.github.flytehadoop.store.s3.request.S3RequestBody;
import io.github.flytehadoop.store.s3.request.S3SmallObjects;
import io.github.flytehadoop.store.s3.request.S3WriteHeaders;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Sends the requests to one bucket, with the headers that its configuration asks for. Failures are
 * those of the SDK, unclassified. One serves all threads.
 */
final class S3Requests {
  private static final String TYPE = "application/octet-stream";

  private final S3Connection connection;
  private final String bucket;
  private final S3ObjectOptions objects;
  private final S3SmallObjects small;
  private final S3LargeObjects large;
  private final Semaphore partsInFlight;

  /** Requests of which no more parts of uploads are under way at once than there are permits. */
  S3Requests(S3Connection connection, Semaphore partsInFlight) {
    this.connection = connection;
    this.bucket = connection.settings().bucket();
    this.objects = connection.settings().objects();
    this.partsInFlight = partsInFlight;
    this.small = new S3SmallObjects(connection);
    this.large = new S3LargeObjects(connection);
  }

  String bucket() {
    return bucket;
  }

  S3Connection connection() {
    return connection;
  }

  Semaphore partsInFlight() {
    return partsInFlight;
  }

  S3ObjectOptions objects() {
    return objects;
  }

  HeadObjectResponse head(String key) throws IOException {
    return connection.call(
        client ->
            client.headObject(
                head -> head.bucket(bucket).key(key).overrideConfiguration(with(objects.keyed()))));
  }

  /** One page of a listing, whose keys may hold what XML cannot. */
  ListObjectsV2Response list(ListObjectsV2Request.Builder page) throws IOException {
    ListObjectsV2Request request = page.bucket(bucket).encodingType(EncodingType.URL).build();
    ListObjectsV2Response listed = small.list(request);
    return listed == null ? connection.call(client -> client.listObjectsV2(request)) : listed;
  }

  /** What moves small objects from and to memory. */
  S3SmallObjects small() {
    return small;
  }

  /** What moves large ones while they are read. */
  S3LargeObjects large() {
    return large;
  }

  /**
   * Sends an object with one request: a small one from memory, by native code. The answer is its
   * etag.
   */
  String put(String key, S3WriteHeaders headers, S3RequestBody body) throws IOException {
    String etag = small.put(key, headers, body);
    if (etag != null) {
      return etag;
    }
    return connection.upload(
        ways -> {
          S3Answer answer = large.put(ways, key, Map.of(), headers.ofPut(objects), body);
          return answer == null ? put(ways.sdk(), key, headers, body) : S3Objects.etagOf(answer);
        });
  }

  /** An answer without an etag was refused before. */
  private String put(S3Client client, String key, S3WriteHeaders headers, S3RequestBody body) {
    PutObjectResponse answer =
        client.putObject(
            put ->
                put.bucket(bucket)
                    .key(key)
                    .ifNoneMatch(headers.ifNoneMatch())
                    .checksumAlgorithm(objects.checksum())
                    .overrideConfiguration(
                        with(
                            headers.described(objects.contentEncoding()),
                            objects.created(),
                            objects.keyed())),
            RequestBody.fromContentProvider(body, body.lengthBytes(), TYPE));
    return Objects.requireNonNull(answer.eTag(), "etag");
  }

  /**
   * Begins an upload; the answer is its id.
   *
   * @param lost runs when a try ended without an answer, so that the store may have begun one
   */
  String begin(String key, S3WriteHeaders headers, Runnable lost) throws IOException {
    return connection.call(client -> begin(client, key, headers, lost)).uploadId();
  }

  private CreateMultipartUploadResponse begin(
      S3Client client, String key, S3WriteHeaders headers, Runnable lost) {
    try {
      return client.createMultipartUpload(
          create ->
              create
                  .bucket(bucket)
                  .key(key)
                  .checksumAlgorithm(objects.checksum())
                  .overrideConfiguration(
                      with(
                          headers.described(objects.contentEncoding()),
                          objects.created(),
                          objects.keyed())));
    } catch (SdkClientException unanswered) {
      lost.run();
      throw unanswered;
    }
  }

  CompletedPart part(String key, String upload, int number, S3RequestBody body) throws IOException {
    Map<String, String> query = Map.of("partNumber", Integer.toString(number), "uploadId", upload);
    return connection.upload(
        ways -> {
          S3Answer answer = large.put(ways, key, query, objects.keyed(), body);
          return answer == null
              ? part(ways.sdk(), part -> part.key(key).uploadId(upload).partNumber(number), body)
              : CompletedPart.builder().eTag(S3Objects.etagOf(answer)).partNumber(number).build();
        });
  }

  private CompletedPart part(
      S3Client client, Consumer<UploadPartRequest.Builder> which, S3RequestBody body) {
    UploadPartRequest part =
        UploadPartRequest.builder()
            .applyMutation(which)
            .bucket(bucket)
            .checksumAlgorithm(objects.checksum())
            .overrideConfiguration(with(objects.keyed()))
            .build();
    UploadPartResponse answer =
        client.uploadPart(part, RequestBody.fromContentProvider(body, body.lengthBytes(), TYPE));
    return CompletedPart.builder()
        .eTag(answer.eTag())
        .partNumber(part.partNumber())
        .checksumCRC32(answer.checksumCRC32())
        .checksumCRC32C(answer.checksumCRC32C())
        .checksumCRC64NVME(answer.checksumCRC64NVME())
        .checksumSHA1(answer.checksumSHA1())
        .checksumSHA256(answer.checksumSHA256())
        .build();
  }

  /** Makes the object visible; the answer is its etag. */
  @Nullable String complete(
      String key, String upload, List<CompletedPart> parts, S3WriteHeaders headers)
      throws IOException {
    return connection
        .call(
            client ->
                client.completeMultipartUpload(
                    complete ->
                        complete
                            .bucket(bucket)
                            .key(key)
                            .uploadId(upload)
                            .ifNoneMatch(headers.ifNoneMatch())
                            .multipartUpload(all -> all.parts(parts))
                            .overrideConfiguration(with(objects.keyed()))))
        .eTag();
  }

  void abort(String key, String upload) throws IOException {
    connection.call(
        client ->
            client.abortMultipartUpload(abort -> abort.bucket(bucket).key(key).uploadId(upload)));
  }

  ListPartsResponse parts(String key, String upload, @Nullable Integer after) throws IOException {
    return connection.call(
        client ->
            client.listParts(
                list ->
                    list.bucket(bucket)
                        .key(key)
                        .uploadId(upload)
                        .partNumberMarker(after)
                        .overrideConfiguration(with(objects.keyed()))));
  }

  ListMultipartUploadsResponse uploads(ListMultipartUploadsRequest.Builder page)
      throws IOException {
    ListMultipartUploadsRequest request =
        page.bucket(bucket).encodingType(EncodingType.URL).build();
    return connection.call(client -> client.listMultipartUploads(request));
  }

  void copy(CopyObjectRequest.Builder copy, Map<String, String> headers) throws IOException {
    CopyObjectRequest request =
        copy.destinationBucket(bucket)
            .overrideConfiguration(
                with(objects.created(), objects.keyed(), objects.copySource(), headers))
            .build();
    connection.call(client -> client.copyObject(request));
  }

  UploadPartCopyResponse copyPart(UploadPartCopyRequest.Builder copy) throws IOException {
    UploadPartCopyRequest request =
        copy.destinationBucket(bucket)
            .overrideConfiguration(with(objects.keyed(), objects.copySource()))
            .build();
    return connection.call(client -> client.uploadPartCopy(request));
  }

  void delete(String key) throws IOException {
    connection.call(client -> client.deleteObject(delete -> delete.bucket(bucket).key(key)));
  }

  DeleteObjectsResponse delete(List<String> keys) throws IOException {
    Delete all =
        Delete.builder()
            .quiet(true)
            .objects(keys.stream().map(key -> ObjectIdentifier.builder().key(key).build()).toList())
            .build();
    return connection.call(
        client -> client.deleteObjects(delete -> delete.bucket(bucket).delete(all)));
  }

  @SafeVarargs
  private static Consumer<AwsRequestOverrideConfiguration.Builder> with(
      Map<String, String>... headers) {
    return override -> {
      for (Map<String, String> some : headers) {
        some.forEach(override::putHeader);
      }
    };
  }
}
