/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.hadoop.HadoopSettings;
import io.github.flytehadoop.hadoop.UnixIdentity;
import io.github.flytehadoop.task.ExecutionMetadata;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.WeakHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;

/** The Spark applications of this driver, and the DataConfig that each was configured with. */
final class ConfiguredApplications {
  private static final Map<SparkContext, DataConfig> CONFIGURED = new WeakHashMap<>();

  private ConfiguredApplications() {}

  static boolean isConfigured(SparkContext context) {
    synchronized (CONFIGURED) {
      return CONFIGURED.containsKey(context);
    }
  }

  static void configure(SparkContext context) {
    configure(context, SparkKeys.dataConfig(context.conf(), System.getenv()));
  }

  /** Configures the application from now on, and gives the settings that its executors need. */
  static HadoopSettings configure(SparkContext context, DataConfig dataConfig) {
    Objects.requireNonNull(dataConfig, "dataConfig");
    if (!isConfigured(context)) {
      VersionCheck.run();
    }
    Map<String, String> environment = System.getenv();
    UnixIdentity.ensureLoginUser(context.hadoopConfiguration(), environment);
    HadoopSettings settings = SparkSettings.of(dataConfig, environment);
    SparkSettings.configure(context.conf(), context.hadoopConfiguration(), settings);
    synchronized (CONFIGURED) {
      CONFIGURED.put(context, dataConfig);
    }
    return settings;
  }

  static FileAccessProvider provider(SparkContext context, String rawOutputPrefix)
      throws IOException {
    if (!isConfigured(context)) {
      configure(context);
    }
    DataConfig dataConfig;
    synchronized (CONFIGURED) {
      dataConfig = Objects.requireNonNull(CONFIGURED.get(context));
    }
    ProviderHandle handle =
        new ProviderHandle(
            context.applicationId(),
            rawOutputPrefix,
            new SerializableDataConfig(dataConfig),
            ExecutionMetadata.of(System.getenv()),
            setOnTheDriver(context));
    if (!ProviderCache.isOpen(handle)) {
      context.addSparkListener(new Closing(context.applicationId()));
    }
    return ProviderCache.of(handle);
  }

  /** What the program has set in the driver's Hadoop configuration, and executors cannot know. */
  private static Map<String, String> setOnTheDriver(SparkContext context) {
    Configuration known = SparkHadoopUtil.get().newConfiguration(context.conf());
    Configuration actual = context.hadoopConfiguration();
    Map<String, String> more = new TreeMap<>();
    actual.forEach(
        entry -> {
          String key = entry.getKey();
          boolean mine = HadoopSettings.isLaid(actual, key);
          if (!mine && !entry.getValue().equals(known.getRaw(key))) {
            more.put(key, entry.getValue());
          }
        });
    return more;
  }

  private static final class Closing extends SparkListener {
    private final String application;

    Closing(String application) {
      this.application = application;
    }

    @Override
    public void onApplicationEnd(SparkListenerApplicationEnd end) {
      ProviderCache.closeAll(application);
    }
  }
}
