/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.data;

import io.github.flytehadoop.spark.commit.SupersededFiles;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.TransferReport;
import io.github.flytehadoop.transfer.Verification;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** Writes a dataset as Flyte's readers want it. */
public final class DatasetWriter {
  private static final String TIMESTAMPS = "spark.sql.parquet.outputTimestampType";
  private static final String MICROS = "TIMESTAMP_MICROS";

  private DatasetWriter() {}

  /**
   * Writes a dataset in place of what is there, which stays until the new files are complete: see
   * {@code FlyteSpark.writeDataset}.
   *
   * @throws IOException when the store refuses; the old data is as it was, unless the message says
   *     that the new files are complete
   */
  public static TransferReport write(Dataset<Row> rows, String uri, DatasetOptions options)
      throws IOException {
    SparkSession spark = rows.sparkSession();
    options.format().require(spark.version());
    long started = System.nanoTime();
    Path root = new Path(uri);
    FileSystem fileSystem = root.getFileSystem(spark.sparkContext().hadoopConfiguration());
    SupersededFiles old = SupersededFiles.below(fileSystem, root);
    inMicros(spark, () -> append(rows, uri, options));
    if (filesAndBytes(fileSystem, root, old)[0] == 0) {
      // partitions of nothing are nothing at all, and a reader needs the schema
      DatasetOptions whole =
          new DatasetOptions(options.format(), List.of(), options.schema(), options.spark());
      inMicros(spark, () -> append(rows.limit(0).coalesce(1), uri, whole));
    }
    long[] moved = filesAndBytes(fileSystem, root, old);
    old.delete();
    return new TransferReport(
        uri,
        moved[0],
        moved[1],
        0,
        List.of(),
        Verification.LENGTH,
        Engine.SPARK,
        Duration.ofNanos(System.nanoTime() - started),
        Map.of(),
        spark.sparkContext().applicationId() + "-" + UUID.randomUUID(),
        List.of());
  }

  private static void append(Dataset<Row> rows, String uri, DatasetOptions options) {
    DataFrameWriter<Row> writer =
        rows.write()
            // Spark's overwrite is not asked for: it would delete first
            .mode(SaveMode.Append)
            .format(options.format().sparkName())
            .options(options.format().writeOptions())
            .options(options.spark());
    if (!options.partitionColumns().isEmpty()) {
      writer.partitionBy(options.partitionColumns().toArray(String[]::new));
    }
    writer.save(uri);
  }

  /** Python reads microseconds; Spark's older type for timestamps is nobody else's. */
  private static void inMicros(SparkSession spark, Runnable writing) {
    RuntimeConfig conf = spark.conf();
    String before = conf.get(TIMESTAMPS);
    if (!before.equals("INT96")) {
      writing.run();
      return;
    }
    conf.set(TIMESTAMPS, MICROS);
    try {
      writing.run();
    } finally {
      conf.set(TIMESTAMPS, before);
    }
  }

  private static long[] filesAndBytes(FileSystem fileSystem, Path root, SupersededFiles old)
      throws IOException {
    long[] sums = new long[2];
    if (!fileSystem.exists(root)) {
      return sums;
    }
    RemoteIterator<LocatedFileStatus> listing = fileSystem.listFiles(root, true);
    while (listing.hasNext()) {
      LocatedFileStatus file = listing.next();
      if (!old.contains(file.getPath())) {
        sums[0]++;
        sums[1] += file.getLen();
      }
    }
    return sums;
  }
}
