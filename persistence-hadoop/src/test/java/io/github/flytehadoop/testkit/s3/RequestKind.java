/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

/** What a request asks the endpoint to do; known from its head alone, before any body is read. */
public enum RequestKind {
  /** PutObject. */
  PUT_OBJECT(true),
  /** GetObject. */
  GET_OBJECT(false),
  /** HeadObject. */
  HEAD_OBJECT(false),
  /** ListObjectsV2, one page. */
  LIST(false),
  /** CreateMultipartUpload. */
  CREATE_MULTIPART(true),
  /** UploadPart. */
  UPLOAD_PART(true),
  /** UploadPartCopy. */
  UPLOAD_PART_COPY(true),
  /** CompleteMultipartUpload. */
  COMPLETE_MULTIPART(true),
  /** AbortMultipartUpload. */
  ABORT_MULTIPART(true),
  /** ListMultipartUploads. */
  LIST_MULTIPART(true),
  /** CopyObject. */
  COPY_OBJECT(true),
  /** DeleteObject. */
  DELETE_OBJECT(true),
  /** DeleteObjects, up to 1,000 keys. */
  DELETE_OBJECTS(true),
  /** HeadBucket. */
  HEAD_BUCKET(false),
  /** GetBucketLocation, ListParts, and whatever the endpoint does not know. */
  OTHER(true);

  private final boolean ownersOnly;

  RequestKind(boolean ownersOnly) {
    this.ownersOnly = ownersOnly;
  }

  /** Whether a public bucket refuses this to strangers. */
  boolean ownersOnly() {
    return ownersOnly;
  }

  static RequestKind of(HttpHead head, String key) {
    boolean copies = head.header("x-amz-copy-source").isPresent();
    boolean inUpload = head.query().containsKey("uploadId");
    return key.isEmpty() ? ofBucket(head) : ofObject(head.method(), head, copies, inUpload);
  }

  private static RequestKind ofBucket(HttpHead head) {
    return switch (head.method()) {
      case "HEAD" -> HEAD_BUCKET;
      case "POST" -> head.query().containsKey("delete") ? DELETE_OBJECTS : OTHER;
      case "GET" -> {
        if (head.query().containsKey("uploads")) {
          yield LIST_MULTIPART;
        }
        yield head.query().containsKey("list-type") ? LIST : OTHER;
      }
      default -> OTHER;
    };
  }

  private static RequestKind ofObject(
      String method, HttpHead head, boolean copies, boolean inUpload) {
    return switch (method) {
      case "HEAD" -> HEAD_OBJECT;
      case "GET" -> inUpload ? OTHER : GET_OBJECT;
      case "DELETE" -> inUpload ? ABORT_MULTIPART : DELETE_OBJECT;
      case "PUT" -> {
        if (inUpload) {
          yield copies ? UPLOAD_PART_COPY : UPLOAD_PART;
        }
        yield copies ? COPY_OBJECT : PUT_OBJECT;
      }
      case "POST" -> {
        if (inUpload) {
          yield COMPLETE_MULTIPART;
        }
        yield head.query().containsKey("uploads") ? CREATE_MULTIPART : OTHER;
      }
      default -> OTHER;
    };
  }
}
