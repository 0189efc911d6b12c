/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.data;

import io.github.flytehadoop.error.DataNotFoundException;
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
import org.apache.spark.sql.functions;

/** Reads a dataset that Flyte's Python or Spark tasks wrote. */
public final class DatasetReader {
  /** Where flytekit puts a CSV dataset; Spark takes the name for a hidden file. */
  private static final String HIDDEN_CSV = ".csv";

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
    DataFrameReader reader = reader(spark, options);
    Dataset<Row> rows =
        isHidden
            ? reader.csv(spark.createDataset(CsvRecords.of(fileSystem, hidden), Encoders.STRING()))
            : reader
                .option("recursiveFileLookup", Boolean.toString(isNested(top)))
                // a dataset's URI is one path, whatever characters are in it
                .option("__globPaths__", "false")
                .load(uri);
    return columns.isEmpty() ? rows : rows.select(columns(columns));
  }

  private static Column[] columns(List<String> names) {
    // a name with a dot is a name, not a member of a struct
    return names.stream()
        .map(name -> functions.col("`" + name.replace("`", "``") + "`"))
        .toArray(Column[]::new);
  }

  private static DataFrameReader reader(SparkSession spark, DatasetOptions options) {
    DataFrameReader reader =
        spark
            .read()
            .format(options.format().sparkName())
            .options(options.format().readOptions())
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
      throw new DataNotFoundException(
          root.toString(),
          "Cannot read the dataset "
              + root
              + ": there is nothing. Check the URI and that the task that writes it has ended.",
          null);
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
