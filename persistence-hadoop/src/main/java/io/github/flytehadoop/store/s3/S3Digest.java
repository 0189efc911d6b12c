/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.Mismatch;
import io.github.flytehadoop.store.hadoop.RangeStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** The etag of an object that was one PUT is the MD5 of its bytes, which S3A never looks at. */
final class S3Digest {
  private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

  /** The etags of Amazon's directory buckets are no digests. */
  private static final String NO_DIGESTS = "--x-s3";

  private S3Digest() {}

  /** The bytes of a range, which are compared when they are the whole object. */
  static InputStream compared(S3Store store, Location at, Attributes attributes, ByteRange range)
      throws IOException {
    RangeStream in = store.openRange(at, attributes, range);
    String etag = unquoted(attributes.etag());
    long length = attributes.lengthBytes();
    boolean whole =
        range.offset() == 0 && (range.lengthBytes() < 0 || range.lengthBytes() >= length);
    return whole
            && length > 0
            && MD5.matcher(etag).matches()
            && !at.authority().endsWith(NO_DIGESTS)
        ? new DigestedStream<>(in, length, etag, found -> refuse(store, at, etag, found))
        : in;
  }

  private static String unquoted(@Nullable String etag) {
    return etag == null ? "" : etag.replace("\"", "");
  }

  private static void refuse(S3Store store, Location at, String kept, String found)
      throws IOException {
    if (isDigest(store, at, kept)) {
      throw Mismatch.ofRead(at, kept, found);
    }
  }

  /** The MD5 of an object that was listed, or null when its etag is none; one HEAD. */
  static @Nullable Checksum kept(S3Store store, Location at, Attributes attributes)
      throws IOException {
    String etag = unquoted(attributes.etag());
    return MD5.matcher(etag).matches()
            && !at.authority().endsWith(NO_DIGESTS)
            && isDigest(store, at, etag)
        ? new Checksum(Checksum.MD5, etag)
        : null;
  }

  /** Under a key of KMS or of the user an etag is anything; only a look at the object tells. */
  private static boolean isDigest(S3Store store, Location at, String etag) throws IOException {
    if (!(store.fileSystem() instanceof S3AFileSystem s3a)) {
      return false;
    }
    HeadObjectResponse object;
    try {
      object = s3a.getS3AInternals().getObjectMetadata(store.path(at));
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.ofRead("compare", at, failure);
    }
    String encryption = String.valueOf(object.serverSideEncryptionAsString());
    boolean digest = object.sseCustomerAlgorithm() == null && !encryption.contains("kms");
    return digest && etag.equals(unquoted(object.eTag()));
  }
}
