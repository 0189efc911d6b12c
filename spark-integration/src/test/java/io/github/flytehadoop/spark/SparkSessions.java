/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Sessions that write below the build directory and listen on the loopback address. */
public final class SparkSessions {
  private SparkSessions() {}

  /** Two cores of this JVM, no web server. */
  public static SparkSession.Builder local() {
    return common("local[2]").config("spark.ui.enabled", "false");
  }

  /** Two executors with a JVM each, and Spark's web server on a free port. */
  public static SparkSession.Builder cluster() {
    try {
      Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return common("local-cluster[2,1,768]")
        .config("spark.executor.memory", "768m")
        .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        // a class path that is wrong would start executors for ever
        .config("spark.deploy.maxExecutorRetries", "3")
        .config("spark.ui.port", "0");
  }

  static SparkSession.Builder common(String master) {
    try {
      return SparkSession.builder()
          .master(master)
          .appName("test")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.sql.shuffle.partitions", "2")
          .config("spark.local.dir", TestDirectories.create("spark").toString())
          .config("spark.sql.warehouse.dir", TestDirectories.create("warehouse").toString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** With the plugin, and the credentials of an S3 server in a file. */
  public static SparkSession.Builder withPlugin(SparkSession.Builder builder, FlyteFile file) {
    return builder
        .config("spark.plugins", FlyteSparkPlugin.class.getName())
        .config("spark.flyte.config", file.path().toString());
  }
}
