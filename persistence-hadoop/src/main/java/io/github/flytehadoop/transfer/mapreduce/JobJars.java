/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.MRConfig;
import org.apache.hadoop.util.ClassUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What containers need on their class path: this library is the job's jar, and what it was started
 * with goes along, but for Hadoop, which every node has. Whoever names jars with {@code -libjars},
 * or has them on all nodes, is not second-guessed; a jar that holds everything needs none.
 */
final class JobJars {
  /** What {@code -libjars} sets. */
  private static final String SHIPPED = "tmpjars";

  private static final Logger LOG = LoggerFactory.getLogger(JobJars.class);
  private static final List<String> HADOOP_HOMES =
      List.of(
          "HADOOP_HOME",
          "HADOOP_COMMON_HOME",
          "HADOOP_HDFS_HOME",
          "HADOOP_MAPRED_HOME",
          "HADOOP_YARN_HOME");

  private JobJars() {}

  static void ship(Job job) {
    job.setJarByClass(JobJars.class);
    Configuration conf = job.getConfiguration();
    String own = ClassUtil.findContainingJar(JobJars.class);
    boolean onYarn = MRConfig.YARN_FRAMEWORK_NAME.equals(conf.get(MRConfig.FRAMEWORK_NAME));
    if (!onYarn || own == null || conf.get(SHIPPED) != null) {
      return;
    }
    List<String> jars =
        besides(own, System.getProperty("java.class.path", ""), System.getenv()).stream()
            .map(jar -> jar.toUri().toString())
            .toList();
    if (!jars.isEmpty()) {
      LOG.info("{} jars go with the job", jars.size());
      conf.set(SHIPPED, String.join(",", jars));
    }
  }

  /** The other jars of a class path, or none when this library is not on it. */
  static List<Path> besides(String own, String classPath, Map<String, String> environment) {
    List<Path> others = new ArrayList<>();
    boolean found = false;
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      Path jar = Path.of(entry).toAbsolutePath();
      if (jar.equals(Path.of(own).toAbsolutePath())) {
        found = true;
      } else if (entry.endsWith(".jar") && !isHadoop(jar, environment)) {
        others.add(jar);
      }
    }
    return found ? others : List.of();
  }

  private static boolean isHadoop(Path jar, Map<String, String> environment) {
    return jar.getFileName().toString().startsWith("hadoop-client-")
        || HADOOP_HOMES.stream()
            .map(environment::get)
            .anyMatch(home -> home != null && jar.startsWith(Path.of(home).toAbsolutePath()));
  }
}
