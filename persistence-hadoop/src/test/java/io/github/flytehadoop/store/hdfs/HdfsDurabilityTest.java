/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.hadoop.Durability;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import java.lang.management.ManagementFactory;
import javax.management.ObjectName;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.metrics2.AbstractMetric;
import org.apache.hadoop.metrics2.MetricsRecord;
import org.apache.hadoop.metrics2.impl.MetricsCollectorImpl;
import org.apache.hadoop.metrics2.lib.DefaultMetricsSystem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@RequireStores("hdfs")
class HdfsDurabilityTest {
  @ParameterizedTest
  @EnumSource(Durability.class)
  @Rule("F44")
  void dataNodesForceTheirBlocks(Durability durability) throws Exception {
    MiniHdfs hdfs = MiniHdfs.shared();
    Configuration conf = hdfs.configuration();
    conf.set("fs.flyte.durability", durability.name().toLowerCase(java.util.Locale.ROOT));
    String directory = hdfs.newDirectory();
    try (FileSystem fileSystem = FileSystem.newInstance(java.net.URI.create(directory), conf)) {
      long before = forced();
      HdfsStore store = new HdfsStore(fileSystem, Keeps.ATTRIBUTES_AND_CHECKSUMS);
      try (ObjectWrite out =
          store.write(Location.parse(directory + "/f"), WriteOptions.ofLength(5))) {
        out.write(new byte[5]);
        out.commit();
      }
      assertThat(forced() > before).isEqualTo(durability == Durability.FORCED);
    }
  }

  /** From the counters themselves: the management beans show what is up to ten seconds old. */
  private static long forced() throws Exception {
    var server = ManagementFactory.getPlatformMBeanServer();
    long count = 0;
    for (ObjectName node :
        server.queryNames(new ObjectName("Hadoop:service=DataNode,name=DataNodeActivity*"), null)) {
      MetricsCollectorImpl now = new MetricsCollectorImpl();
      DefaultMetricsSystem.instance().getSource(node.getKeyProperty("name")).getMetrics(now, true);
      for (MetricsRecord record : now.getRecords()) {
        for (AbstractMetric metric : record.metrics()) {
          count += metric.name().equals("FsyncCount") ? metric.value().longValue() : 0;
        }
      }
    }
    return count;
  }
}
