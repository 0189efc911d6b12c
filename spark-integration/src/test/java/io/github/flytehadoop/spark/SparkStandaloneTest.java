/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The test bench's own cluster: its executors are processes, and one that is killed is replaced.
 */
@Tag("cluster")
@Timeout(120)
class SparkStandaloneTest {
  @Test
  void executorsAreProcessesAndOneThatIsKilledIsReplaced() throws Exception {
    try (SparkStandalone cluster = SparkStandalone.start(2);
        SparkSession spark = cluster.session().getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      Set<Long> before = twoPids(context);
      assertThat(before).doesNotContain(ProcessHandle.current().pid());

      long victim = before.iterator().next();
      assertThat(ProcessHandle.of(victim).orElseThrow().destroyForcibly()).isTrue();
      ProcessHandle.of(victim).ifPresent(handle -> handle.onExit().join());

      assertThat(twoPids(context)).doesNotContain(victim);
    }
  }

  /** Of the executors, once both have come: a time limit ends the wait for one that does not. */
  private static Set<Long> twoPids(JavaSparkContext context) {
    while (true) {
      List<Long> all =
          context
              .parallelize(IntStream.range(0, 10).boxed().toList(), 10)
              .map(
                  task -> {
                    Thread.sleep(100);
                    return ProcessHandle.current().pid();
                  })
              .collect();
      assertThat(all).hasSize(10);
      Set<Long> distinct = new TreeSet<>(all);
      if (distinct.size() == 2) {
        return distinct;
      }
    }
  }
}
