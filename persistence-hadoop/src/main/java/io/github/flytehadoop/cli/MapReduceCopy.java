/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code flyte-data cp} as a MapReduce application: mappers move the files.
 *
 * <pre>{@code
 * hadoop jar PERSISTENCE_HADOOP.jar io.github.flytehadoop.cli.MapReduceCopy \
 *   [-libjars JAR,JAR] --recursive hdfs://cluster/table s3://bucket/table
 * }</pre>
 *
 * <p>The arguments, the report and the exit codes are those of {@code flyte-data cp}. {@code
 * -libjars} names, as everywhere in Hadoop, the jars that go to the nodes.
 */
public final class MapReduceCopy {
  private static final String LIB_JARS = "-libjars";

  private MapReduceCopy() {}

  /** Copies, and ends the process with the exit code. */
  public static void main(String[] args) {
    FlyteData.main(words(args).toArray(String[]::new));
  }

  static List<String> words(String... args) {
    List<String> words = new ArrayList<>(List.of("cp", "--engine", "mapreduce"));
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals(LIB_JARS) && i + 1 < args.length) {
        words.add("-D");
        words.add("tmpjars=" + qualified(args[++i]));
      } else {
        words.add(args[i]);
      }
    }
    return words;
  }

  /** Hadoop would look for a bare path on the cluster's own file system. */
  private static String qualified(String jars) {
    return Arrays.stream(jars.split(",", -1))
        .map(jar -> jar.contains(":") ? jar : Path.of(jar).toAbsolutePath().toUri().toString())
        .collect(Collectors.joining(","));
  }
}
