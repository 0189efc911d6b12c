/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.spark.FlyteSparkPlugin;
import io.github.flytehadoop.spark.SparkStandalone;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Small applications on two executors of the loopback interface. */
final class Cluster {
  private static final String SMOKE = "io.github.flytehadoop.spark.smoke";

  private Cluster() {}

  /** Options of {@code spark-submit} that have nothing to do with stores. */
  static List<String> settings() {
    return List.of(
        "--driver-memory", "768m",
        "--executor-memory", "640m",
        "--conf", "spark.driver.host=127.0.0.1",
        "--conf", "spark.driver.bindAddress=127.0.0.1",
        "--conf", "spark.ui.port=0",
        "--conf", "spark.sql.shuffle.partitions=2",
        "--conf", "spark.cores.max=2",
        // a plan shows a location whole
        "--conf", "spark.sql.maxMetadataStringLength=1000",
        // both executors before the first task
        "--conf", "spark.scheduler.minRegisteredResourcesRatio=1.0",
        "--conf", "spark.scheduler.maxRegisteredResourcesWaitingTime=120s",
        "--conf", "spark.driver.extraJavaOptions=-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
        "--conf", "spark.executor.extraJavaOptions=-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
  }

  /** The smoke application with the plugin and some options. */
  static List<String> smoke(
      SparkHome home, SparkStandalone cluster, SmokeStores stores, List<String> options)
      throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--master", cluster.master()));
    arguments.addAll(settings());
    arguments.addAll(List.of("--conf", "spark.plugins=" + FlyteSparkPlugin.class.getName()));
    arguments.addAll(options);
    arguments.addAll(List.of("--class", SMOKE + ".SmokeApplication"));
    arguments.add(home.build().applicationJar(SMOKE).toString());
    arguments.addAll(stores.roots());
    return arguments;
  }

  /** Runs it to its end: every check must hold. */
  static void everyCheckHolds(SparkHome home, SmokeStores stores, List<String> options)
      throws IOException, InterruptedException {
    try (SparkStandalone cluster = SparkStandalone.start(home.directory(), home.java(), 2, 1);
        SparkSubmit submit =
            SparkSubmit.start(home, stores.environment(), smoke(home, cluster, stores, options))) {
      int exit = submit.end();
      everyCheckHeld(submit, stores);
      assertThat(exit).isZero();
    }
  }

  /** Runs it to its end, which comes before the first check, with a message. */
  static void startIsRefused(SparkHome home, List<String> options, String message)
      throws IOException, InterruptedException {
    SmokeStores stores = SmokeStores.two();
    try (SparkStandalone cluster = SparkStandalone.start(home.directory(), 1, 1);
        SparkSubmit submit =
            SparkSubmit.start(home, stores.environment(), smoke(home, cluster, stores, options))) {
      assertThat(submit.end()).isNotZero();
      assertThat(submit.err()).contains(message);
      assertThat(submit.out()).doesNotContain("OK ");
    }
  }

  /** What the application has printed says so. */
  static void everyCheckHeld(SparkSubmit submit, SmokeStores stores) throws IOException {
    assertThat(submit.out().lines().filter(line -> line.matches("(OK|FAILED) .*")))
        .as(submit.err())
        .containsExactlyElementsOf(stores.expectedLines());
  }
}
