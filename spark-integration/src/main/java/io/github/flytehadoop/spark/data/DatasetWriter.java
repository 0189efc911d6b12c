/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.data;

import io.github.flytehadoop.spark.commit.SupersededFiles;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.TransferReport;
import io.github.flytehadoop.transfer.Verification;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
  private static final String PROTOCOL = "spark.sql.sources.commitProtocolClass";

  /** Option of one write: replace what is there, though the mode says append. */
  public static final String REPLACES = "flyte.dataset.replaces";

  private DatasetWriter() {}

  /**
   * Writes a dataset in place of what is there, which stays until the new files are complete: see
   * {@code FlyteSpark.writeDataset}.
   *
   * @param protocol the commit protocol that knows {@link #REPLACES}
   * @throws IOException when the store refuses; the old data is as it was, unless the message says
   *     that the new files are complete
   */
  public static TransferReport write(
      Dataset<Row> rows, String uri, DatasetOptions options, String protocol) throws IOException {
    SparkSession spark = rows.sparkSession();
    options.format().require(spark.version());
    long started = System.nanoTime();
    Path root = new Path(uri);
    FileSystem fileSystem = root.getFileSystem(spark.sparkContext().hadoopConfiguration());
    Map<String, String> settings = settings(spark, protocol);
    boolean mayBeNothing = !options.partitionColumns().isEmpty();
    Set<Path> old = mayBeNothing ? files(fileSystem, root).keySet() : Set.of();
    PartitionTypes types = PartitionTypes.of(rows, options.partitionColumns());
    Dataset<Row> marked = mayBeNothing ? types.mark(rows) : rows;
    with(spark.conf(), settings, () -> replace(marked, uri, options));
    Map<Path, Long> files = files(fileSystem, root);
    files.keySet().removeAll(old);
    if (files.isEmpty()) {
      // partitions of nothing are nothing at all, and a reader needs the schema
      DatasetOptions whole =
          new DatasetOptions(options.format(), List.of(), options.schema(), options.spark());
      with(spark.conf(), settings, () -> replace(rows.limit(0).coalesce(1), uri, whole));
      files = files(fileSystem, root);
    } else if (mayBeNothing && options.format() != DatasetFormat.PARQUET) {
      types.writeBeside(fileSystem, root);
    }
    return new TransferReport(
        uri,
        files.size(),
        files.values().stream().mapToLong(Long::longValue).sum(),
        0,
        List.of(),
        Verification.LENGTH,
        Engine.SPARK,
        Duration.ofNanos(System.nanoTime() - started),
        Map.of(),
        spark.sparkContext().applicationId() + "-" + UUID.randomUUID(),
        List.of());
  }

  private static void replace(Dataset<Row> rows, String uri, DatasetOptions options) {
    DataFrameWriter<Row> writer =
        rows.write()
            // Spark's overwrite is not asked for: it refuses to replace what it reads
            .mode(SaveMode.Append)
            .option(REPLACES, "true")
            .format(options.format().sparkName())
            .options(options.format().writeOptions())
            .options(options.spark());
    if (!options.partitionColumns().isEmpty()) {
      writer.partitionBy(options.partitionColumns().toArray(String[]::new));
    }
    writer.save(uri);
  }

  /** Python reads microseconds; Spark's older type for timestamps is nobody else's. */
  private static Map<String, String> settings(SparkSession spark, String protocol) {
    Map<String, String> settings = new TreeMap<>();
    if (spark.conf().get(TIMESTAMPS).equals("INT96")) {
      settings.put(TIMESTAMPS, MICROS);
    }
    if (!spark.conf().get(PROTOCOL).equals(protocol)) {
      settings.put(PROTOCOL, protocol);
    }
    return settings;
  }

  private static void with(RuntimeConfig conf, Map<String, String> settings, Runnable writing) {
    Map<String, String> before = new TreeMap<>();
    settings.keySet().forEach(key -> before.put(key, conf.get(key)));
    settings.forEach(conf::set);
    try {
      writing.run();
    } finally {
      before.forEach(conf::set);
    }
  }

  private static Map<Path, Long> files(FileSystem fileSystem, Path root) throws IOException {
    Map<Path, Long> files = new HashMap<>();
    try {
      RemoteIterator<LocatedFileStatus> listing = fileSystem.listFiles(root, true);
      while (listing.hasNext()) {
        LocatedFileStatus file = listing.next();
        if (!SupersededFiles.isWork(fileSystem.makeQualified(root), file.getPath())) {
          files.put(file.getPath(), file.getLen());
        }
      }
    } catch (FileNotFoundException nothingThere) {
      return files;
    }
    return files;
  }
}
