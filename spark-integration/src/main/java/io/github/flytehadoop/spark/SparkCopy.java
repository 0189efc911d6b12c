/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.cli.FlyteData;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * {@code flyte-data cp} as a Spark application: the executors move the files.
 *
 * <pre>{@code
 * spark-submit --class io.github.flytehadoop.spark.SparkCopy APPLICATION_JAR \
 *   --recursive hdfs://cluster/table s3://bucket/table
 * }</pre>
 *
 * <p>The stores come from the driver's environment and {@code spark.flyte.*} keys, as those of
 * {@link FlyteSparkPlugin} do. The arguments, the report and the exit codes are those of {@code
 * flyte-data cp}.
 */
public final class SparkCopy {
  private SparkCopy() {}

  /** Copies, and ends the process with the exit code unless that is 0. */
  public static void main(String[] args) {
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    int code;
    SparkSession spark = SparkSession.builder().getOrCreate();
    try {
      code = copy(spark, new FileOutputStream(FileDescriptor.out), err, args);
    } finally {
      spark.stop();
    }
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Copies on the executors of a session; the exit code. */
  static int copy(SparkSession spark, OutputStream out, PrintStream err, String... args) {
    SparkConf conf = Sessions.context(spark).conf();
    Map<String, String> variables = SparkKeys.variables(conf, System.getenv());
    List<String> words = new ArrayList<>();
    if (conf.contains(SparkKeys.FILE)) {
      words.addAll(List.of("--config", conf.get(SparkKeys.FILE)));
    }
    words.addAll(List.of("cp", "--engine", "spark"));
    words.addAll(List.of(args));
    return FlyteData.run(out, err, variables, words.toArray(String[]::new));
  }
}
