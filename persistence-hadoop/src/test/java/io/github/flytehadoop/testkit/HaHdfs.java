/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.MiniDFSNNTopology;

/**
 * An HDFS in this JVM with two name nodes behind the nameservice {@code ns1}; the first is active.
 */
public final class HaHdfs implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

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
      copyAgainSoon(conf);
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

  /**
   * A copy of a block may be asked of a node that was just killed: nobody asks another before the
   * request has timed out, after five minutes unless the name node is told otherwise.
   */
  private static void copyAgainSoon(Configuration conf) {
    conf.set("dfs.namenode.reconstruction.pending.timeout-sec", "5");
    conf.set("dfs.namenode.redundancy.interval.seconds", "1s");
    conf.set("dfs.heartbeat.interval", "1s");
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

  /**
   * Waits until each block of a file is on two data nodes again: a block that was being written
   * when one was killed is on the other alone, until the name node has it copied.
   */
  public void awaitReplicas(String file) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try (FileSystem files = FileSystem.newInstance(URI.create(file), configuration())) {
      FileStatus status = files.getFileStatus(new org.apache.hadoop.fs.Path(file));
      while (fewestReplicas(files, status) < 2) {
        if (System.nanoTime() > end) {
          throw new IOException("A block of " + file + " stays on one data node");
        }
        Thread.sleep(200);
      }
    }
  }

  private static int fewestReplicas(FileSystem files, FileStatus status) throws IOException {
    int fewest = Integer.MAX_VALUE;
    for (BlockLocation block : files.getFileBlockLocations(status, 0, status.getLen())) {
      fewest = Math.min(fewest, block.getNames().length);
    }
    return fewest;
  }

  @Override
  public void close() {
    cluster.shutdown(true);
  }
}
