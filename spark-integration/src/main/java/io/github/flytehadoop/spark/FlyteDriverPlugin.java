/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.hadoop.HadoopSettings;
import java.io.IOException;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Configures the driver, and answers the executors that ask for the same. */
final class FlyteDriverPlugin implements DriverPlugin {
  private static final Logger LOG = LoggerFactory.getLogger(FlyteDriverPlugin.class);

  private volatile @Nullable HadoopSettings settings;
  private volatile String application = "";

  @Override
  public Map<String, String> init(SparkContext context, PluginContext plugin) {
    // the SparkContext's own, not a copy: sessions and executors are made from it
    SparkConf conf = context.conf();
    HadoopSettings mine =
        ConfiguredApplications.configure(context, SparkKeys.dataConfig(conf, System.getenv()));
    settings = mine;
    application = context.applicationId();
    LOG.info(
        "Spark opens the stores of Flyte's configuration: {} Hadoop keys", mine.asMap().size());
    return Map.of();
  }

  @Override
  public void registerMetrics(String applicationId, PluginContext plugin) {
    SparkMetrics.register(plugin.metricRegistry());
  }

  @Override
  public Object receive(Object message) throws IOException {
    HadoopSettings mine = settings;
    if (SettingsMessages.REQUEST.equals(message) && mine != null) {
      return SettingsMessages.answer(mine);
    }
    throw new UnsupportedOperationException("This plugin answers executors' requests only.");
  }

  @Override
  public void shutdown() {
    ProviderCache.closeAll(application);
  }
}
