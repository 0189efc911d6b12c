/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

/** A refusal in the words of S3. */
final class S3Error extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  S3Error(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static S3Error noSuchKey() {
    return new S3Error(404, "NoSuchKey", "The specified key does not exist.");
  }

  static S3Error noSuchBucket() {
    return new S3Error(404, "NoSuchBucket", "The specified bucket does not exist");
  }

  static S3Error noSuchUpload() {
    return new S3Error(404, "NoSuchUpload", "The specified multipart upload does not exist.");
  }

  static S3Error preconditionFailed() {
    return new S3Error(
        412, "PreconditionFailed", "At least one of the pre-conditions did not hold");
  }

  static S3Error malformedXml() {
    return new S3Error(400, "MalformedXML", "The XML you provided was not well-formed");
  }

  static S3Error accessDenied() {
    return new S3Error(403, "AccessDenied", "Access Denied");
  }

  static S3Error notImplemented(String what) {
    return new S3Error(501, "NotImplemented", "The endpoint does not implement " + what);
  }

  Reply toReply() {
    return Reply.error(status, code, String.valueOf(getMessage()));
  }
}
