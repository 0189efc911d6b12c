/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.config.DataConfig;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Spark with the data configuration of Flyte.
 *
 * <pre>{@code
 * SparkSession spark = SparkSession.builder().getOrCreate();
 * FlyteSpark.configure(spark);
 * spark.read().parquet("s3://bucket/table").show();
 * }</pre>
 */
public final class FlyteSpark {
  private FlyteSpark() {}

  /**
   * Lets the readers and writers of a running session open the stores that {@link
   * DataConfig#auto()} describes: see {@link #configure(SparkSession, DataConfig)}.
   *
   * @throws io.github.flytehadoop.error.ConfigException if the configuration cannot be used
   */
  public static void configure(SparkSession spark) {
    configure(spark, DataConfig.auto());
  }

  /**
   * Lets the readers and writers of a running session open the stores that a {@code DataConfig}
   * describes, under the schemes that Flyte uses ({@code s3}, {@code gs}, {@code abfs}, {@code
   * hdfs} and their aliases). All sessions of the context see it, from their next query on.
   *
   * <p>What the user has set in {@code core-site.xml} or {@code spark.hadoop.*} stays where {@code
   * DataConfig} leaves it open. Nothing is written to Spark's own configuration, so that no secret
   * appears in the UI or the event log. No store is asked anything. Call it before a store is first
   * used: Hadoop keeps a file system that was made with other settings.
   *
   * @throws io.github.flytehadoop.error.ConfigException if the configuration of a store is
   *     incomplete
   */
  public static void configure(SparkSession spark, DataConfig dataConfig) {
    Objects.requireNonNull(spark, "spark");
    configure(spark.sparkContext().hadoopConfiguration(), dataConfig);
  }

  /** The same for a context without a session: see {@link #configure(SparkSession)}. */
  public static void configure(JavaSparkContext context) {
    configure(context, DataConfig.auto());
  }

  /** The same for a context without a session: see {@link #configure(SparkSession, DataConfig)}. */
  public static void configure(JavaSparkContext context, DataConfig dataConfig) {
    Objects.requireNonNull(context, "context");
    configure(context.hadoopConfiguration(), dataConfig);
  }

  private static void configure(Configuration target, DataConfig dataConfig) {
    Objects.requireNonNull(dataConfig, "dataConfig");
    SparkSettings.of(dataConfig, System.getenv()).layOver(target);
  }
}
