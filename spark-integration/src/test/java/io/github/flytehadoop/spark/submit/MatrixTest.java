/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.spark.SparkStandalone;
import io.github.flytehadoop.spark.smoke.SmokeCheck;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The smoke application on every Spark and Java, which writes the matrix of docs/compatibility.md:
 * {@code ./mvnw -Pmatrix verify}, or some with {@code -Dmatrix.only=SPARK_4_0}.
 */
@Tag("matrix")
@Timeout(900)
class MatrixTest {
  static Stream<Arguments> rows() {
    List<Arguments> rows = new ArrayList<>();
    for (MatrixSpark spark : MatrixSpark.values()) {
      rows.add(Arguments.of(spark, ""));
      spark.otherJavas().forEach(java -> rows.add(Arguments.of(spark, java)));
    }
    String only = System.getProperty("matrix.only", ".*");
    return rows.stream().filter(row -> (row.get()[0] + " " + row.get()[1]).strip().matches(only));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("rows")
  void everyStepHoldsOnEveryStore(MatrixSpark spark, String java) throws Exception {
    SparkHome home = spark.home();
    if (!java.isEmpty()) {
      home = home.on(MatrixSpark.java(java));
    }
    String feature =
        java.isEmpty() ? Integer.toString(Runtime.version().feature()) : java.substring(0, 2);
    Map<String, Map<String, String>> outcomes = run(home, spark.options(home));
    CompatibilityTable table = CompatibilityTable.read();
    List<String> cluster = List.of(home.spark(), home.scala(), home.hadoop(), feature, spark.way());
    outcomes.forEach((store, steps) -> table.put(cluster, store, List.copyOf(steps.values())));
    table.write();

    assertThat(outcomes)
        .allSatisfy(
            (store, steps) ->
                assertThat(steps.values())
                    .as("%s of %s", store, cluster)
                    .allMatch(CompatibilityTable.OK::equals));
  }

  /** The outcome of each step, by store. */
  private static Map<String, Map<String, String>> run(SparkHome home, List<String> options)
      throws IOException, InterruptedException {
    SmokeStores stores = SmokeStores.all(home);
    try (SparkStandalone cluster = SparkStandalone.start(home.directory(), home.java(), 2, 1);
        SparkSubmit submit =
            SparkSubmit.start(
                home, stores.environment(), Cluster.smoke(home, cluster, stores, options))) {
      submit.end();
      System.out.println(submit.out());
      Map<String, Map<String, String>> outcomes = new LinkedHashMap<>();
      for (String root : stores.roots()) {
        String scheme = root.substring(0, root.indexOf(':'));
        Map<String, String> steps =
            outcomes.computeIfAbsent(
                CompatibilityTable.store(scheme), key -> new LinkedHashMap<>());
        for (SmokeCheck step : CompatibilityTable.STEPS) {
          steps.put(step.name(), outcome(submit, step, scheme));
        }
      }
      return outcomes;
    }
  }

  private static String outcome(SparkSubmit submit, SmokeCheck step, String scheme)
      throws IOException {
    String what = step + " " + scheme;
    for (String line : submit.out().lines().toList()) {
      if (line.equals("OK " + what)) {
        return CompatibilityTable.OK;
      }
      if (line.startsWith("FAILED " + what + ": ")) {
        return line.substring(line.indexOf(": ") + 2).replace(',', ';');
      }
    }
    System.out.println(submit.err());
    return "it did not start";
  }

  @Test
  void connectorsOfAnotherHadoopAreRefusedAtStart() throws Exception {
    SparkHome home = MatrixSpark.SPARK_4_0.home();
    List<String> options = List.of("--jars", BuiltArtifacts.SCALA_2_13.jarOfAll().toString());
    Cluster.startIsRefused(
        home, options, "Cannot start Spark with hadoop-aws 3.5.0: its Hadoop is 3.4.1");
  }
}
