/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.smoke;

import io.github.flytehadoop.spark.FlyteSparkPlugin;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.source.Source;

/** What the plugin tells the metric system of this JVM. */
final class SmokeMeters {
  private static final String SOURCE = "plugin." + FlyteSparkPlugin.class.getName();

  private SmokeMeters() {}

  static double value(String meter) {
    Source source = SparkEnv.get().metricsSystem().getSourcesByName(SOURCE).head();
    return ((Number) source.metricRegistry().getGauges().get(meter).getValue()).doubleValue();
  }
}
