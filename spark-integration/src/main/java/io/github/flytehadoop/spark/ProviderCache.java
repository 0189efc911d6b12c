/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.location.TemporaryDirectory;
import io.github.flytehadoop.transfer.ProgressListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * The providers of this JVM: one for each application, prefix and configuration, shared by all
 * tasks and closed with the application or the JVM.
 */
final class ProviderCache {
  // before Hadoop closes its own file systems, at 10
  private static final int SHUTDOWN_PRIORITY = 50;
  private static final List<String> SCRATCH =
      List.of("SPARK_EXECUTOR_DIRS", "LOCAL_DIRS", "SPARK_LOCAL_DIRS");
  private static final Map<ProviderHandle, Entry> OPEN = new HashMap<>();

  private record Entry(FileAccessProvider provider, TemporaryDirectory directory) {}

  static {
    ShutdownHookManager.get().addShutdownHook(ProviderCache::closeAll, SHUTDOWN_PRIORITY);
  }

  private ProviderCache() {}

  static FileAccessProvider of(ProviderHandle handle) throws IOException {
    synchronized (OPEN) {
      Entry known = OPEN.get(handle);
      if (known == null) {
        known = make(handle);
        OPEN.put(handle, known);
      }
      return known.provider();
    }
  }

  static boolean isOpen(ProviderHandle handle) {
    synchronized (OPEN) {
      return OPEN.containsKey(handle);
    }
  }

  private static Entry make(ProviderHandle handle) throws IOException {
    TemporaryDirectory directory =
        new TemporaryDirectory(Files.createTempDirectory(scratch(), "flyte-"));
    SparkEnv spark = SparkEnv.get();
    Configuration base =
        spark == null ? new Configuration() : SparkHadoopUtil.get().newConfiguration(spark.conf());
    handle.hadoop().forEach(base::set);
    FileAccessProvider provider =
        FileAccessProvider.builder()
            .localSandboxDir(directory.path())
            .rawOutputPrefix(handle.rawOutputPrefix())
            .dataConfig(handle.config().dataConfig())
            .executionMetadata(handle.metadata())
            .hadoopConfiguration(base)
            .progress(new CountingListener())
            .serializedAs(handle)
            .build();
    return new Entry(provider, directory);
  }

  private static final class CountingListener implements ProgressListener {
    @Override
    public void finished(String path, long bytes) {
      SparkMetrics.filesMoved(1);
    }
  }

  /** Where the cluster wants scratch files: the first directory that Spark was given. */
  private static Path scratch() throws IOException {
    Map<String, String> environment = System.getenv();
    for (String name : SCRATCH) {
      String first = environment.getOrDefault(name, "").split("[,:]", 2)[0];
      if (!first.isBlank()) {
        return Files.createDirectories(Path.of(first));
      }
    }
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  /** Closes the providers of one application. */
  static void closeAll(String application) {
    close(handle -> handle.application().equals(application));
  }

  /** Closes every provider of this JVM. */
  static void closeAll() {
    close(handle -> true);
  }

  private static void close(java.util.function.Predicate<ProviderHandle> wanted) {
    List<Map.Entry<ProviderHandle, Entry>> ending;
    synchronized (OPEN) {
      ending = OPEN.entrySet().stream().filter(each -> wanted.test(each.getKey())).toList();
      ending.forEach(each -> OPEN.remove(each.getKey()));
    }
    for (Map.Entry<ProviderHandle, Entry> each : ending) {
      each.getValue().provider().close();
      each.getValue().directory().close();
    }
  }
}
