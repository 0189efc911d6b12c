/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.sql.SparkSession;

/** Sessions in this JVM that write below the build directory and listen on the loopback address. */
final class SparkSessions {
  private SparkSessions() {}

  /** Two cores, no web server. */
  static SparkSession.Builder local() {
    try {
      return SparkSession.builder()
          .master("local[2]")
          .appName("test")
          .config("spark.ui.enabled", "false")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.sql.shuffle.partitions", "2")
          .config("spark.local.dir", TestDirectories.create("spark").toString())
          .config("spark.sql.warehouse.dir", TestDirectories.create("warehouse").toString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
