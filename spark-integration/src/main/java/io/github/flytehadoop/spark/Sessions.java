/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sessions: with a context in this JVM, or clients of a Spark Connect server. */
final class Sessions {
  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  private Sessions() {}

  static boolean isConnect(SparkSession spark) {
    return Objects.requireNonNull(spark, "spark").getClass().getName().contains(".connect.");
  }

  /**
   * The context of a session.
   *
   * @throws UnsupportedOperationException for Spark Connect
   */
  static SparkContext context(SparkSession spark) {
    if (isConnect(spark)) {
      throw Problem.cannot("configure a Spark Connect session")
          .because("its stores are opened by the server")
          .remedy(
              "Start the server with spark.plugins="
                  + FlyteSparkPlugin.class.getName()
                  + "; FlyteSpark.provider(spark, rawOutputPrefix) works in this JVM.")
          .made(UnsupportedOperationException::new);
    }
    return spark.sparkContext();
  }

  static String rawOutputPrefix(SparkSession spark) {
    String given = spark.conf().get(SparkKeys.RAW_OUTPUT_PREFIX, "");
    if (given.isBlank()) {
      throw new ConfigException(
          SparkKeys.RAW_OUTPUT_PREFIX,
          "Spark's configuration",
          "it is not set. Set it to the task's {{.rawOutputDataPrefix}}, or call"
              + " FlyteSpark.provider(spark, rawOutputPrefix).");
    }
    return given;
  }

  /** A provider of this JVM alone: there is no context whose executors could have one. */
  static FileAccessProvider localProvider(String rawOutputPrefix) throws IOException {
    LOG.warn(
        "This is a Spark Connect session: the provider works in this JVM, on the local engine, and"
            + " cannot be used in tasks.");
    return FileAccessProvider.builder()
        .localSandboxDir(Files.createTempDirectory("flyte-"))
        .rawOutputPrefix(rawOutputPrefix)
        .dataConfig(DataConfig.auto())
        .build();
  }
}
