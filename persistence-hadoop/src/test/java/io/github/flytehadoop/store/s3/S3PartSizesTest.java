/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3PartSizesTest {
  private static final long MOST_BYTES_OF_A_PART = 5L << 30;

  @ParameterizedTest
  @ValueSource(longs = {1, 5 << 20, 25 << 20, 64 << 20, 5L << 30})
  @Rule("F98")
  void tenThousandPartsHoldTheLargestObject(long configuredBytes) {
    S3PartSizes sizes = S3PartSizes.of(configuredBytes);
    long[] parts = IntStream.rangeClosed(1, 10_000).mapToLong(sizes::bytesOf).toArray();
    assertThat(LongStream.of(parts).sum()).isGreaterThanOrEqualTo(5L << 40);
    assertThat(parts).isSorted();
    assertThat(parts[parts.length - 1]).isLessThanOrEqualTo(MOST_BYTES_OF_A_PART);
    assertThat(parts[0]).isEqualTo(parts[999]);
  }

  @Test
  @Rule("F94")
  void aStreamHoldsNoGibibytes() {
    assertThat(S3PartSizes.of(5L << 30).bytesOf(1)).isEqualTo(64 << 20);
  }
}
