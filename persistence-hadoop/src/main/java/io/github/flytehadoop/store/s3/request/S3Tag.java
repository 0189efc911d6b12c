/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3.request;

import io.github.flytehadoop.store.multipart.UploadedPart;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** How S3 knows a part, as one string: its etag, and the checksums that its answer had. */
public final class S3Tag {
  private static final String SEPARATOR = "\t";

  private S3Tag() {}

  /** What S3 said of a part, as one text. */
  public static String of(CompletedPart answer) {
    return String.join(
        SEPARATOR,
        text(answer.eTag()),
        text(answer.checksumCRC32()),
        text(answer.checksumCRC32C()),
        text(answer.checksumCRC64NVME()),
        text(answer.checksumSHA1()),
        text(answer.checksumSHA256()));
  }

  /** The part behind such a text. */
  public static CompletedPart part(UploadedPart sent) {
    String[] fields = Arrays.copyOf(sent.tag().split(SEPARATOR, -1), 6);
    return CompletedPart.builder()
        .partNumber(sent.number())
        .eTag(fields[0])
        .checksumCRC32(orNull(fields[1]))
        .checksumCRC32C(orNull(fields[2]))
        .checksumCRC64NVME(orNull(fields[3]))
        .checksumSHA1(orNull(fields[4]))
        .checksumSHA256(orNull(fields[5]))
        .build();
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static @Nullable String orNull(@Nullable String value) {
    return value == null || value.isEmpty() ? null : value;
  }
}
