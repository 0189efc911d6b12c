/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * {@code spark.plugins=io.github.flytehadoop.spark.FlyteSparkPlugin}: driver and executors open the
 * stores of Flyte's {@code DataConfig}, which comes from the driver's environment, its
 * configuration file, and {@code spark.flyte.*} keys. Nothing else has to be set, and no store is
 * asked anything at start.
 *
 * <p>Credentials go from the driver to the executors in Spark's own messages, never through its
 * configuration, which the UI and the event log show. {@code spark.authenticate} and {@code
 * spark.network.crypto.enabled} protect the messages.
 */
public final class FlyteSparkPlugin implements SparkPlugin {
  /** For Spark. */
  public FlyteSparkPlugin() {}

  @Override
  public DriverPlugin driverPlugin() {
    return new FlyteDriverPlugin();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new FlyteExecutorPlugin();
  }
}
