/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.MiniDFSNNTopology;

/**
 * An HDFS in this JVM with two name nodes behind the nameservice {@code ns1}; the first is active.
 */
public final class HaHdfs implements AutoCloseable {
  private final MiniDFSCluster cluster;

  private HaHdfs(MiniDFSCluster cluster) {
    this.cluster = cluster;
  }

  /** A cluster of one's own, to be closed. */
  public static HaHdfs start(int dataNodes) throws IOException {
    String temporary = System.getProperty("java.io.tmpdir");
    Path base = TestDirectories.create("ha");
    try {
      // its web servers unpack themselves into the temporary directory
      System.setProperty("java.io.tmpdir", base.toString());
      Configuration conf = new Configuration();
      conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, base.toString());
      conf.set("hadoop.tmp.dir", base.toString());
      conf.set("dfs.ha.tail-edits.period", "1");
      MiniDFSCluster cluster =
          new MiniDFSCluster.Builder(conf)
              .nnTopology(MiniDFSNNTopology.simpleHATopology())
              .numDataNodes(dataNodes)
              .build();
      cluster.waitActive();
      cluster.transitionToActive(0);
      return new HaHdfs(cluster);
    } finally {
      System.setProperty("java.io.tmpdir", temporary);
    }
  }

  /** What an hdfs-site.xml says of it; small blocks, so that the name node is asked often. */
  public Configuration configuration() {
    Configuration conf = new Configuration();
    conf.set("dfs.nameservices", "ns1");
    conf.set("dfs.ha.namenodes.ns1", "nn1,nn2");
    conf.set("dfs.namenode.rpc-address.ns1.nn1", "127.0.0.1:" + cluster.getNameNodePort(0));
    conf.set("dfs.namenode.rpc-address.ns1.nn2", "127.0.0.1:" + cluster.getNameNodePort(1));
    conf.set(
        "dfs.client.failover.proxy.provider.ns1",
        "org.apache.hadoop.hdfs.server.namenode.ha.ConfiguredFailoverProxyProvider");
    conf.set("dfs.blocksize", String.valueOf(8 << 20));
    conf.set("dfs.replication", "2");
    return conf;
  }

  /** Makes the other name node the active one. */
  public void failOver() throws IOException {
    int active = cluster.getNameNode(0).isActiveState() ? 0 : 1;
    cluster.transitionToStandby(active);
    cluster.transitionToActive(1 - active);
  }

  /** Stops a data node at once. */
  public MiniDFSCluster.DataNodeProperties kill(int dataNode) {
    return cluster.stopDataNode(dataNode);
  }

  /** Starts a data node that was killed. */
  public void restart(MiniDFSCluster.DataNodeProperties dataNode) throws IOException {
    cluster.restartDataNode(dataNode, true);
    cluster.waitActive();
  }

  @Override
  public void close() {
    cluster.shutdown(true);
  }
}
