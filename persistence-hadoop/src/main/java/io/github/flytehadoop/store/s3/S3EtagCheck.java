/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.IntegrityCheck;
import io.github.flytehadoop.store.s3.request.S3Objects;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** The etag of an object that was one PUT is the MD5 of its bytes. */
final class S3EtagCheck {
  private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

  /** The etags of Amazon's directory buckets are no digests. */
  private static final String NO_DIGESTS = "--x-s3";

  private S3EtagCheck() {}

  /** A range that is read. */
  record Opened(String key, Attributes pinned, ByteRange range, S3Read in) {}

  /** The MD5 that the bytes of a whole object must have; empty where the etag says nothing. */
  static String expected(String bucket, Attributes pinned) {
    String etag = pinned.etag() == null ? "" : pinned.etag().replace("\"", "");
    return pinned.lengthBytes() > 0 && MD5.matcher(etag).matches() && !bucket.endsWith(NO_DIGESTS)
        ? etag
        : "";
  }

  /** The bytes of a range, which are compared when they are the whole object. */
  static InputStream compared(S3Requests requests, Location at, Opened opened) {
    long length = opened.pinned().lengthBytes();
    ByteRange range = opened.range();
    boolean whole =
        range.offset() == 0 && (range.lengthBytes() < 0 || range.lengthBytes() >= length);
    String expected = whole ? expected(requests.bucket(), opened.pinned()) : "";
    return expected.isEmpty()
        ? opened.in()
        : new DigestCheckingStream<>(
            opened.in(),
            length,
            expected,
            found -> refuse(requests, at, opened.key(), expected, found));
  }

  private static void refuse(
      S3Requests requests, Location at, String key, String kept, String found) throws IOException {
    if (isDigest(requests, at, key, kept)) {
      throw IntegrityCheck.ofRead(at, kept, found);
    }
  }

  /** The MD5 of an object that was listed, or null when its etag is none; one HEAD. */
  static @Nullable Checksum kept(
      S3Requests requests, Location at, String key, Attributes attributes) throws IOException {
    String etag = S3Objects.plain(attributes.etag());
    return etag != null
            && MD5.matcher(etag).matches()
            && !requests.bucket().endsWith(NO_DIGESTS)
            && isDigest(requests, at, key, etag)
        ? new Checksum(Checksum.MD5, etag)
        : null;
  }

  /** Under a key of KMS or of the user an etag is anything; only a look at the object tells. */
  private static boolean isDigest(S3Requests requests, Location at, String key, String etag)
      throws IOException {
    HeadObjectResponse object;
    try {
      object = requests.head(key);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.ofRead("compare", at, failure);
    }
    String encryption = String.valueOf(object.serverSideEncryptionAsString());
    boolean digest = object.sseCustomerAlgorithm() == null && !encryption.contains("kms");
    return digest && etag.equals(S3Objects.plain(object.eTag()));
  }
}
