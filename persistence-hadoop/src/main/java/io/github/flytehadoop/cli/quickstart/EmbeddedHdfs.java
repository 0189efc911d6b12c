/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.quickstart;

import io.github.flytehadoop.location.StoreKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/**
 * A name node and a data node in this process, on free ports of the loopback address. The only
 * class that needs {@code hadoop-client-minicluster}.
 */
final class EmbeddedHdfs implements AutoCloseable {
  private final MiniDFSCluster cluster;

  private EmbeddedHdfs(MiniDFSCluster cluster) {
    this.cluster = cluster;
  }

  static EmbeddedHdfs start(Path directory) throws IOException {
    Path base = Files.createDirectories(directory).toAbsolutePath();
    // its web servers unpack themselves into the temporary directory
    System.setProperty("java.io.tmpdir", base.toString());
    Configuration conf = new Configuration();
    conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, base.toString());
    conf.set("hadoop.tmp.dir", base.toString());
    conf.set("dfs.namenode.edits.noeditlogchannelflush", "true");
    // of Hadoop's default, _HOST is this machine's name, which need not have an address
    conf.set("hadoop.http.authentication.kerberos.principal", "HTTP/localhost@LOCALHOST");
    MiniDFSCluster cluster =
        new MiniDFSCluster.Builder(conf).numDataNodes(1).nameNodePort(0).build();
    cluster.waitActive();
    return new EmbeddedHdfs(cluster);
  }

  /** {@code hdfs://127.0.0.1:port}. */
  String uri() {
    return StoreKind.HDFS.prefix() + "127.0.0.1:" + cluster.getNameNodePort();
  }

  @Override
  public void close() {
    cluster.shutdown(true);
  }
}
