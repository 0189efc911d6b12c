/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.hadoop.HadoopSettings;
import io.github.flytehadoop.hadoop.UnixIdentity;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Configures an executor as its driver is; one that is added later asks when it starts. */
final class FlyteExecutorPlugin implements ExecutorPlugin {
  private static final Logger LOG = LoggerFactory.getLogger(FlyteExecutorPlugin.class);

  /** What Spark calls the executor that is in the driver's JVM. */
  private static final String DRIVER = "driver";

  private boolean inDriver;

  @Override
  public void init(PluginContext plugin, Map<String, String> extra) {
    inDriver = DRIVER.equals(plugin.executorID());
    if (inDriver) {
      // local mode: one JVM, one Configuration, and its metrics are the driver's
      return;
    }
    // its class path may be another one than the driver's
    VersionCheck.run();
    Configuration configuration = SparkHadoopUtil.get().conf();
    UnixIdentity.ensureLoginUser(configuration, System.getenv());
    settings(plugin).layOver(configuration);
    SparkMetrics.register(plugin.metricRegistry());
  }

  private static HadoopSettings settings(PluginContext plugin) {
    FutureTask<Object> asking = new FutureTask<>(() -> plugin.ask(SettingsMessages.REQUEST));
    asking.run();
    try {
      return SettingsMessages.settings((byte[]) asking.get());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw Problem.cannot("configure this executor")
          .because("it was stopped")
          .causedBy(stopped)
          .state();
    } catch (ExecutionException failure) {
      throw noAnswer(failure.getCause());
    } catch (IOException failure) {
      throw noAnswer(failure);
    }
  }

  private static IllegalStateException noAnswer(@Nullable Throwable cause) {
    return Problem.cannot("configure this executor")
        .because("the driver did not send its settings")
        .remedy("See the driver's log.")
        .causedBy(cause)
        .state();
  }

  @Override
  public void shutdown() {
    if (!inDriver) {
      ProviderCache.closeAll();
      LOG.debug("closed the file systems of this executor");
    }
  }
}
