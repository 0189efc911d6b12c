/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.hadoop.Durability;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.multipart.MultipartWrite;
import io.github.flytehadoop.store.multipart.Part;
import io.github.flytehadoop.store.multipart.UploadedPart;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
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
  private static final int BLOCK = 1 << 20;

  @ParameterizedTest
  @EnumSource(Durability.class)
  @Rule("F44")
  void dataNodesForceTheirBlocks(Durability durability) throws Exception {
    assertForced(
        durability,
        (store, file) -> {
          try (ObjectWrite out = store.write(file, WriteOptions.ofLength(5))) {
            out.write(new byte[5]);
            out.commit();
          }
        });
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  @Rule("F67")
  void dataNodesForceTheBlocksOfAFileInParts(Durability durability) throws Exception {
    assertForced(
        durability,
        (store, file) -> {
          MultipartWrite write = store.startParts(file, WriteOptions.ofLength(2 * BLOCK), BLOCK);
          try (write) {
            List<UploadedPart> sent = new ArrayList<>();
            for (int number = 1; number <= 2; number++) {
              Part part = write.upload().part(number);
              byte[] bytes = new byte[(int) part.lengthBytes()];
              sent.add(store.sendPart(write.upload(), part, () -> new ByteArrayInputStream(bytes)));
            }
            write.commit(sent);
          }
        });
  }

  private interface Writing {
    void to(HdfsStore store, Location file) throws IOException;
  }

  private static void assertForced(Durability durability, Writing writing) throws Exception {
    MiniHdfs hdfs = MiniHdfs.shared();
    Configuration conf = hdfs.configuration();
    conf.set("fs.flyte.durability", durability.name().toLowerCase(java.util.Locale.ROOT));
    conf.setLong("dfs.blocksize", BLOCK);
    String directory = hdfs.newDirectory();
    try (FileSystem fileSystem = FileSystem.newInstance(java.net.URI.create(directory), conf)) {
      long before = forced();
      writing.to(new HdfsStore(fileSystem), Location.parse(directory + "/f"));
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
