/* Licensed under Apache-2.0; see LICENSE. */

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** An HDFS of one data node, until it is killed: {@code HdfsServer DIRECTORY PORT HTTP_PORT}. */
public final class HdfsServer {
  private HdfsServer() {}

  /** Runs until it is killed. */
  public static void main(String[] args) throws Exception {
    System.setProperty("java.io.tmpdir", args[0]);
    Configuration conf = new Configuration();
    conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, args[0]);
    conf.set("hadoop.tmp.dir", args[0]);
    conf.set("dfs.permissions.enabled", "false");
    conf.set("dfs.heartbeat.interval", "1s"); // so that what was deleted gives its memory back soon
    new MiniDFSCluster.Builder(conf)
        .numDataNodes(1)
        .nameNodePort(Integer.parseInt(args[1]))
        .nameNodeHttpPort(Integer.parseInt(args[2]))
        .build()
        .waitActive();
    Thread.currentThread().join();
  }
}
