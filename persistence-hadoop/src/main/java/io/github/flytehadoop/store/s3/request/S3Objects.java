/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3.request;

import io.github.flytehadoop.hadoop.s3.message.S3Answer;
import io.github.flytehadoop.store.Attributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** What S3 says of objects, in the words of stores. */
public final class S3Objects {
  private S3Objects() {}

  /** The attributes of an object that a listing shows. */
  public static Attributes file(
      @Nullable Long lengthBytes, Instant modified, @Nullable String etag) {
    return new Attributes(
        Attributes.Kind.FILE, lengthBytes == null ? 0 : lengthBytes, modified, plain(etag), null);
  }

  /** The attributes of an object that was asked for. */
  public static Attributes file(HeadObjectResponse head) {
    return file(
        head.contentLength(),
        head.lastModified() == null ? Instant.EPOCH : head.lastModified(),
        head.eTag());
  }

  /** A prefix has no time of its own. */
  public static Attributes directory() {
    return new Attributes(Attributes.Kind.DIRECTORY, 0, Instant.EPOCH, null, null);
  }

  /** An etag without its quotes; null when there is none. */
  public static @Nullable String plain(@Nullable String etag) {
    String plain = etag == null ? "" : etag.replace("\"", "");
    return plain.isEmpty() ? null : plain;
  }

  /**
   * The etag of what was stored.
   *
   * @throws SdkClientException when there is none: whoever answered is no object store (F18)
   */
  public static String etagOf(S3Answer answer) {
    String etag = answer.header("ETag");
    if (etag == null) {
      throw SdkClientException.create("the answer is not that of an object store: it has no ETag");
    }
    return etag;
  }

  /** An etag as conditions have it: RFC 9110 asks for the quotes that it came with. */
  public static @Nullable String quoted(@Nullable String etag) {
    String plain = plain(etag);
    return plain == null ? null : "\"" + plain + "\"";
  }
}
