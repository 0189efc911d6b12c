/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.transfer.Cancellation;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.TransferEngine;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferPlan;
import io.github.flytehadoop.transfer.mapreduce.MapReduceEngine;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** Which engine a plan runs on when nobody says. */
class AutoEngineTest {
  private static final long LARGE = 1000;

  private record Recording(Engine kind, boolean isAvailable) implements TransferEngine {
    @Override
    public Collection<Receipt> run(TransferPlan plan, EngineContext context) {
      return List.of();
    }
  }

  private static Engine pick(TransferPlan plan, TransferEngine... clusters) throws Exception {
    AutoEngine auto =
        new AutoEngine(new Recording(Engine.LOCAL, true), List.of(clusters), LARGE, 3);
    assertThat(auto.kind()).isEqualTo(Engine.LOCAL);
    auto.run(plan, new EngineContext(null, TransferLimits.defaults(), null, new Cancellation()));
    return auto.kind();
  }

  private static TransferPlan plan(String target, long... lengths) {
    List<TransferItem> items = new java.util.ArrayList<>();
    for (long length : lengths) {
      items.add(new TransferItem(items.size(), "s3://b/f", target, length, 0, null));
    }
    return new TransferPlan("job", items, List.of(), Map.of(), OnExisting.FAIL);
  }

  private static final TransferEngine SPARK = new Recording(Engine.SPARK, true);
  private static final TransferEngine NO_SPARK = new Recording(Engine.SPARK, false);
  private static final TransferEngine YARN = new Recording(Engine.MAPREDUCE, true);

  @Test
  void bytesAndFilesDecide() throws Exception {
    assertThat(pick(plan("hdfs://h/f", LARGE - 1), SPARK)).isEqualTo(Engine.LOCAL);
    assertThat(pick(plan("hdfs://h/f", LARGE), SPARK)).isEqualTo(Engine.SPARK);
    assertThat(pick(plan("hdfs://h/f", 1, 1), SPARK)).isEqualTo(Engine.LOCAL);
    assertThat(pick(plan("hdfs://h/f", 1, 1, 1), SPARK)).isEqualTo(Engine.SPARK);
  }

  @Test
  void theFirstClusterThatIsThereIsTaken() throws Exception {
    assertThat(pick(plan("hdfs://h/f", LARGE), NO_SPARK, YARN)).isEqualTo(Engine.MAPREDUCE);
    assertThat(pick(plan("hdfs://h/f", LARGE), SPARK, YARN)).isEqualTo(Engine.SPARK);
    assertThat(pick(plan("hdfs://h/f", LARGE), NO_SPARK)).isEqualTo(Engine.LOCAL);
    assertThat(pick(plan("hdfs://h/f", LARGE))).isEqualTo(Engine.LOCAL);
  }

  @Test
  void localPathsStayHere() throws Exception {
    assertThat(pick(plan("/tmp/f", LARGE), SPARK)).isEqualTo(Engine.LOCAL);
  }

  @Test
  void theRunnerInThisJvmIsNoCluster() {
    Configuration cluster = new Configuration(false);
    assertThat(new MapReduceEngine(cluster).isAvailable()).isFalse();
    cluster.set("mapreduce.framework.name", "yarn");
    assertThat(new MapReduceEngine(cluster).isAvailable()).isTrue();
  }
}
