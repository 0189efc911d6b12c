/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.spark.data.DatasetOptions;
import io.github.flytehadoop.spark.data.DatasetReader;
import io.github.flytehadoop.spark.data.DatasetWriter;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Spark with the data configuration of Flyte.
 *
 * <pre>{@code
 * SparkSession spark = SparkSession.builder().getOrCreate();
 * FlyteSpark.configure(spark);
 * spark.read().parquet("s3://bucket/table").show();
 * }</pre>
 *
 * <p>With {@link FlyteSparkPlugin} the first call is not needed.
 */
public final class FlyteSpark {
  private FlyteSpark() {}

  /**
   * Lets the readers and writers of a running session open the stores that the driver's
   * environment, its configuration file and {@code spark.flyte.*} keys describe: see {@link
   * #configure(SparkSession, DataConfig)}.
   *
   * @throws io.github.flytehadoop.error.ConfigException if the configuration cannot be used
   */
  public static void configure(SparkSession spark) {
    ConfiguredApplications.configure(Sessions.context(spark));
    SparkSettings.configure(spark);
  }

  /**
   * Lets the readers and writers of a running session open the stores that a {@code DataConfig}
   * describes, under the schemes that Flyte uses ({@code s3}, {@code gs}, {@code abfs}, {@code
   * hdfs} and their aliases). All sessions of the context see it, from their next query on.
   *
   * <p>What the user has set in {@code core-site.xml} or {@code spark.hadoop.*} stays where {@code
   * DataConfig} leaves it open. No credentials are written to Spark's own configuration, so that
   * none appears in the UI or the event log. No store is asked anything. Call it before a store is
   * first used: Hadoop keeps a file system that was made with other settings.
   *
   * @throws io.github.flytehadoop.error.ConfigException if the configuration of a store is
   *     incomplete
   * @throws UnsupportedOperationException for a Spark Connect session, whose stores are opened by
   *     the server
   */
  public static void configure(SparkSession spark, DataConfig dataConfig) {
    ConfiguredApplications.configure(Sessions.context(spark), dataConfig);
    SparkSettings.configure(spark);
  }

  /** The same for a context without a session: see {@link #configure(SparkSession)}. */
  public static void configure(JavaSparkContext context) {
    ConfiguredApplications.configure(context.sc());
  }

  /** The same for a context without a session: see {@link #configure(SparkSession, DataConfig)}. */
  public static void configure(JavaSparkContext context, DataConfig dataConfig) {
    ConfiguredApplications.configure(context.sc(), dataConfig);
  }

  /**
   * A provider below the prefix that {@code spark.flyte.raw-output-prefix} names: see {@link
   * #provider(SparkSession, String)}.
   *
   * @throws io.github.flytehadoop.error.ConfigException when the key is not set
   */
  public static FileAccessProvider provider(SparkSession spark) throws IOException {
    return provider(spark, Sessions.rawOutputPrefix(spark));
  }

  /**
   * A provider with the session's configuration. Tasks can use it: what a function captures becomes
   * the provider of the executor's JVM, which all tasks there share.
   *
   * <pre>{@code
   * FileAccessProvider provider = FlyteSpark.provider(spark, "s3://bucket/raw");
   * uris.map((MapFunction<String, Long>) uri -> provider.stat(uri).length(), Encoders.LONG());
   * }</pre>
   *
   * <p>It is closed with the application: do not close it, least of all in a task. With Spark
   * Connect it works in this JVM alone.
   *
   * @param rawOutputPrefix where {@code putRawData} puts data
   * @throws IOException when the provider of the session cannot be made
   */
  public static FileAccessProvider provider(SparkSession spark, String rawOutputPrefix)
      throws IOException {
    Objects.requireNonNull(rawOutputPrefix, "rawOutputPrefix");
    return Sessions.isConnect(spark)
        ? Sessions.localProvider(rawOutputPrefix)
        : ConfiguredApplications.provider(spark.sparkContext(), rawOutputPrefix);
  }

  /**
   * A Parquet dataset that a Flyte task wrote, in Python or on the JVM: the URI is its directory.
   *
   * @param columns the columns to read; none for all
   * @throws io.github.flytehadoop.error.DataNotFoundException when there is nothing at the URI
   */
  public static Dataset<Row> readDataset(SparkSession spark, String uri, String... columns)
      throws IOException {
    return readDataset(spark, uri, DatasetOptions.defaults(), columns);
  }

  /**
   * All columns of a Parquet dataset: see {@link #readDataset(SparkSession, String, String...)}.
   *
   * @throws IOException as the form with options
   */
  public static Dataset<Row> readDataset(SparkSession spark, String uri) throws IOException {
    return readDataset(spark, uri, DatasetOptions.defaults());
  }

  /**
   * All columns of a dataset: see {@link #readDataset(SparkSession, String, DatasetOptions,
   * String...)}.
   *
   * @throws IOException as the form with options
   */
  public static Dataset<Row> readDataset(SparkSession spark, String uri, DatasetOptions options)
      throws IOException {
    return readDataset(spark, uri, options, new String[0]);
  }

  /**
   * A dataset of any format. Directories named {@code column=value} are columns, of the types that
   * {@code writeDataset} was given them with; Spark guesses those of others. Other directories are
   * read as if their files were at the top. CSV files of flytekit, which are hidden from Spark's
   * own reader, are found.
   *
   * @param columns the columns to read; none for all
   * @throws io.github.flytehadoop.error.DataNotFoundException when there is nothing at the URI
   */
  public static Dataset<Row> readDataset(
      SparkSession spark, String uri, DatasetOptions options, String... columns)
      throws IOException {
    ready(spark);
    return DatasetReader.read(spark, uri, options, List.of(columns));
  }

  /**
   * Writes Parquet to a new random directory below the raw output prefix; the report says where.
   *
   * <p>The layout is that of Flyte's structured dataset: data files alone, no {@code _SUCCESS},
   * timestamps in microseconds, at least one file even when there are no rows.
   *
   * @throws IOException as the form with options
   */
  public static TransferReport writeDataset(Dataset<Row> rows) throws IOException {
    FileAccessProvider provider = provider(rows.sparkSession());
    return writeDataset(rows, provider.getRandomRemoteDirectory(), DatasetOptions.defaults());
  }

  /**
   * Parquet to a directory: see {@link #writeDataset(Dataset, String, DatasetOptions)}.
   *
   * @throws IOException as the form with options
   */
  public static TransferReport writeDataset(Dataset<Row> rows, String uri) throws IOException {
    return writeDataset(rows, uri, DatasetOptions.defaults());
  }

  /**
   * Writes a dataset in place of what is at the URI. What is there stays until the new files are
   * complete, and a job that fails leaves it as it was; a dataset can replace itself. Partition
   * columns keep their types. A string that is empty cannot be one of their values, and fails the
   * job, because Spark would read it as null.
   *
   * @return how many files and bytes are there now
   * @throws IOException when the target cannot be listed or the dataset does not arrive
   */
  public static TransferReport writeDataset(Dataset<Row> rows, String uri, DatasetOptions options)
      throws IOException {
    ready(rows.sparkSession());
    return DatasetWriter.write(rows, uri, options, FlyteCommitProtocol.class.getName());
  }

  private static void ready(SparkSession spark) {
    SparkContext context = Sessions.context(spark);
    if (!ConfiguredApplications.isConfigured(context)) {
      configure(spark);
    }
  }
}
