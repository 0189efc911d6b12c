/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One name for a cluster. */
class NameServicesTest {
  private static Configuration highlyAvailable() {
    Configuration conf = new Configuration(false);
    conf.set("dfs.nameservices", "ns");
    conf.set("dfs.ha.namenodes.ns", "one,two");
    conf.set("dfs.namenode.rpc-address.ns.one", "10.1.1.1:8020");
    conf.set("dfs.namenode.rpc-address.ns.two", "10.1.1.2:8021");
    conf.set("dfs.namenode.http-address.ns.one", "10.1.1.1:9870");
    conf.set("dfs.namenode.http-address.ns.two", "10.1.1.2:9870");
    return conf;
  }

  @ParameterizedTest
  @CsvSource({
    "hdfs,ns",
    "hdfs,10.1.1.1",
    "hdfs,10.1.1.1:8020",
    "hdfs,10.1.1.2:8021",
    "webhdfs,ns",
    "webhdfs,10.1.1.2:9870",
    "webhdfs,10.1.1.1"
  })
  @Rule("F61")
  void aNameNodeIsItsNameService(String scheme, String authority) {
    assertThat(NameServices.nameOf(scheme, authority, highlyAvailable())).isEqualTo("ns");
  }

  @Test
  @Rule("F61")
  void theUsualPortsAndThisMachineHaveOneName() {
    Configuration none = new Configuration(false);
    String expected = NameServices.nameOf("hdfs", "localhost", none);
    assertThat(NameServices.nameOf("hdfs", "127.0.0.1:8020", none)).isEqualTo(expected);
    assertThat(NameServices.nameOf("webhdfs", "127.0.0.1:9870", none)).isEqualTo(expected);
    assertThat(NameServices.nameOf("hdfs", "127.0.0.1:9000", none)).isNotEqualTo(expected);
    assertThat(NameServices.nameOf("hdfs", "10.9.9.9", none)).isNotEqualTo(expected);
  }

  @Test
  @Rule("F61")
  void theWebServerOfASettingIsItsNameNode() {
    Configuration conf = new Configuration(false);
    conf.set("fs.defaultFS", "hdfs://10.1.1.1:9000");
    conf.set("dfs.namenode.http-address", "10.1.1.1:9001");
    assertThat(NameServices.nameOf("webhdfs", "10.1.1.1:9001", conf))
        .isEqualTo(NameServices.nameOf("hdfs", "10.1.1.1:9000", conf));
  }
}
