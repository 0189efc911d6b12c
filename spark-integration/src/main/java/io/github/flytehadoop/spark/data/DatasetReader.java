/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.data;

import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.Problem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a dataset that Flyte's Python or Spark tasks wrote. */
public final class DatasetReader {
  /** Where flytekit puts a CSV dataset; Spark takes the name for a hidden file. */
  private static final String HIDDEN_CSV = ".csv";

  private static final Logger LOG = LoggerFactory.getLogger(DatasetReader.class);

  private DatasetReader() {}

  /**
   * The rows of a dataset: see {@code FlyteSpark.readDataset}.
   *
   * @throws DataNotFoundException when there is nothing at the URI
   * @throws IOException when the store does not answer
   */
  public static Dataset<Row> read(
      SparkSession spark, String uri, DatasetOptions options, List<String> columns)
      throws IOException {
    options.format().require(spark.version());
    Path root = new Path(uri);
    FileSystem fileSystem = root.getFileSystem(spark.sparkContext().hadoopConfiguration());
    FileStatus[] top = list(fileSystem, root);
    Path hidden = new Path(root, HIDDEN_CSV);
    boolean isHidden =
        options.format() == DatasetFormat.CSV
            && Arrays.stream(top).anyMatch(each -> each.getPath().getName().equals(HIDDEN_CSV));
    Dataset<Row> rows;
    if (isHidden) {
      List<String> records = CsvRecords.of(fileSystem, hidden);
      rows = reader(spark, options).csv(spark.createDataset(records, Encoders.STRING()));
    } else if (isPartitioned(top)) {
      rows = partitioned(spark, uri, options, fileSystem);
    } else {
      rows = reader(spark, options).option("recursiveFileLookup", isNested(top)).load(uri);
    }
    return columns.isEmpty()
        ? rows
        : rows.select(columns.stream().map(PartitionTypes::column).toArray(Column[]::new));
  }

  private static boolean isPartitioned(FileStatus[] top) {
    return !isNested(top)
        && Arrays.stream(top)
            .anyMatch(each -> each.isDirectory() && each.getPath().getName().indexOf('=') > 0);
  }

  private static Dataset<Row> partitioned(
      SparkSession spark, String uri, DatasetOptions options, FileSystem fileSystem)
      throws IOException {
    DatasetOptions guessing =
        new DatasetOptions(options.format(), List.of(), null, options.spark());
    Dataset<Row> guessed = reader(spark, guessing).load(uri);
    PartitionTypes written =
        options.format() == DatasetFormat.PARQUET
            ? PartitionTypes.in(guessed.schema())
            : PartitionTypes.beside(fileSystem, new Path(uri));
    if (written != null) {
      StructType known = options.schema() == null ? guessed.schema() : options.schema();
      return written.load(reader(spark, guessing), written.withoutPartitions(known), uri);
    }
    if (options.schema() != null) {
      return reader(spark, options).load(uri);
    }
    LOG.info(
        "{} does not say the types of its partition columns, so that Spark guesses them: 001"
            + " becomes a number. DatasetOptions.withSchema names them.",
        Printable.of(uri));
    return guessed;
  }

  private static DataFrameReader reader(SparkSession spark, DatasetOptions options) {
    DataFrameReader reader =
        spark
            .read()
            .format(options.format().sparkName())
            .options(options.format().readOptions())
            // a dataset's URI is one path, whatever characters are in it
            .option("__globPaths__", "false")
            .options(options.spark());
    return options.schema() == null
        ? reader
        : reader.schema(options.schema()).option("inferSchema", "false");
  }

  private static FileStatus[] list(FileSystem fileSystem, Path root) throws IOException {
    FileStatus[] top;
    try {
      top = fileSystem.listStatus(root);
    } catch (FileNotFoundException absent) {
      top = new FileStatus[0];
    }
    if (top.length == 0) {
      throw Problem.cannot("read the dataset", root)
          .because("there is nothing")
          .remedy("Check the URI and that the task that writes it has ended.")
          .kind(FailureKind.NOT_FOUND)
          .exception();
    }
    return top;
  }

  /** Directories that are no partitions, which Spark would pass over without a word. */
  private static boolean isNested(FileStatus[] top) {
    return Arrays.stream(top)
        .filter(FileStatus::isDirectory)
        .map(each -> each.getPath().getName())
        .anyMatch(name -> name.indexOf('=') < 0 && !name.startsWith("_") && !name.startsWith("."));
  }
}
