/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.TransferItems;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many bins there are, and what is in them. */
@Rule("F53")
class BinPackingTest {
  private static final long MEGABYTE = 1L << 20;

  private static List<TransferItem> files(long number, long megabytes) {
    return LongStream.range(0, number)
        .mapToObj(
            id -> new TransferItem(id, "hdfs://h/" + id, "s3://b/" + id, megabytes << 20, 0, null))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    // files, MiB of each, workers, bins
    "1, 1, 4, 1",
    "2, 62, 4, 2",
    // ten of 64 MiB would be there: three rounds of four workers, the last of two
    "64, 8, 4, 8",
    "1000, 8, 4, 12",
    "1000, 8, 100, 100",
    "20000, 0, 7, 21",
    // what mapreduce.job.maps or spark.default.parallelism may say
    "1000, 8, 0, 3",
    "1000, 8, -1, 3",
  })
  void workersHaveAsManyBinsAsEachOther(long number, long megabytes, int workers, int bins) {
    assertThat(BinPacking.count(TransferItems.of(files(number, megabytes)), workers))
        .isEqualTo(bins);
  }

  @Test
  void oneLargeFileIsWorthManySmallOnes() {
    List<TransferItem> items = new ArrayList<>(files(40, 0));
    items.add(new TransferItem(40, "hdfs://h/large", "s3://b/large", 78 * MEGABYTE, 0, null));

    List<List<TransferItem>> bins = BinPacking.pack(items, 2);

    assertThat(bins).hasSize(2);
    assertThat(bins).extracting(List::size).containsExactlyInAnyOrder(1, 40);
    assertThat(bins).extracting(BinPacking::cost).containsOnly(80 * MEGABYTE);
  }
}
