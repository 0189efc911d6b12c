/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Carries out requests on the buckets. */
final class S3Service {
  private static final String REGION = "us-east-1";

  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
  private final AccessControl access;

  S3Service(AccessControl access) {
    this.access = access;
  }

  void create(Bucket bucket) {
    if (buckets.putIfAbsent(bucket.name(), bucket) != null) {
      throw new IllegalArgumentException("bucket exists: " + bucket.name());
    }
  }

  Bucket bucket(String name) {
    return Optional.ofNullable(buckets.get(name)).orElseThrow(S3Error::noSuchBucket);
  }

  /**
   * Carries the request out.
   *
   * @throws S3Error if it is refused
   */
  Reply answer(S3Request request, String identity) {
    Bucket bucket = bucket(request.bucket());
    access.authorize(identity, bucket, request.kind().ownersOnly());
    access.requirePayer(request, bucket);
    return switch (request.kind()) {
      case PUT_OBJECT -> ObjectOperations.put(bucket, request);
      case GET_OBJECT, HEAD_OBJECT -> ObjectOperations.get(bucket, request);
      case LIST -> Listing.list(bucket, request);
      case CREATE_MULTIPART -> Multipart.create(bucket, request);
      case UPLOAD_PART -> Multipart.uploadPart(bucket, request);
      case UPLOAD_PART_COPY -> Multipart.copyPart(copySource(request, identity), bucket, request);
      case COMPLETE_MULTIPART -> Multipart.complete(bucket, request);
      case ABORT_MULTIPART -> Multipart.abort(bucket, request);
      case LIST_MULTIPART -> Multipart.list(bucket, request);
      case COPY_OBJECT -> ObjectOperations.copy(copySource(request, identity), bucket, request);
      case DELETE_OBJECT -> ObjectOperations.delete(bucket, request);
      case DELETE_OBJECTS -> ObjectOperations.deleteMany(bucket, request);
      case HEAD_BUCKET -> Reply.empty(200).withHeader("x-amz-bucket-region", REGION);
      case OTHER -> other(bucket, request);
    };
  }

  private StoredObject copySource(S3Request request, String identity) {
    String source = HttpHead.decode(request.header("x-amz-copy-source").orElse(""));
    String path = source.startsWith("/") ? source.substring(1) : source;
    int slash = path.indexOf('/');
    if (slash < 0) {
      throw new S3Error(400, "InvalidArgument", "Copy source must be bucket/key");
    }
    Bucket bucket = bucket(path.substring(0, slash));
    access.authorize(identity, bucket, false);
    return ObjectOperations.copySource(bucket, path.substring(slash + 1), request);
  }

  private static Reply other(Bucket bucket, S3Request request) {
    boolean get = request.head().method().equals("GET");
    if (get && request.parameter("uploadId").isPresent()) {
      return Multipart.listParts(bucket, request);
    }
    if (get && request.parameter("location").isPresent()) {
      return Reply.xml(200, new Xml("LocationConstraint"));
    }
    throw S3Error.notImplemented(request.head().method() + " ?" + request.head().rawQuery());
  }
}
