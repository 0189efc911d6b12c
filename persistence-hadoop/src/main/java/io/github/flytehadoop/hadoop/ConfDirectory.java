/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hadoop's own files of a cluster. Hadoop finds them on the class path alone, where its start
 * scripts put {@code HADOOP_CONF_DIR}; a JVM that was started otherwise has them read from there.
 */
public final class ConfDirectory {
  /** The environment variable that names the directory. */
  public static final String VARIABLE = "HADOOP_CONF_DIR";

  private static final Logger LOG = LoggerFactory.getLogger(ConfDirectory.class);
  private static final List<String> FILES =
      List.of("core-site.xml", "hdfs-site.xml", "mapred-site.xml", "yarn-site.xml");

  private ConfDirectory() {}

  /**
   * A new Configuration: Hadoop's defaults, the class path, and the directory for what it lacks.
   */
  public static Configuration configuration(Map<String, String> environment) {
    Configuration configuration = new Configuration();
    String said = environment.getOrDefault(VARIABLE, "").strip();
    if (said.isEmpty()) {
      return configuration;
    }
    Path directory = Path.of(said);
    if (!Files.isDirectory(directory)) {
      LOG.warn("{} names {}, which is no directory: nothing is read from it", VARIABLE, said);
      return configuration;
    }
    for (String name : FILES) {
      Path file = directory.resolve(name);
      if (configuration.getResource(name) == null && Files.isRegularFile(file)) {
        configuration.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
      }
    }
    return configuration;
  }
}
