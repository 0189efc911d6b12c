/* Licensed under Apache-2.0; see LICENSE. */

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.server.namenode.EditLogFileOutputStream;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.v2.MiniMRYarnCluster;
import org.apache.hadoop.mapreduce.v2.jobhistory.JHAdminConfig;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/**
 * HDFS, YARN and the history server of MapReduce, in this JVM, for tests in another one. Run it
 * from this file: {@code java -cp CLASS_PATH YarnServer.java NODE_MANAGERS}, in a directory that it
 * may fill. It prints one line, {@code READY key=value ...}, with what a client's configuration
 * needs, and ends when its standard input does, so it cannot outlive who started it.
 */
public final class YarnServer {
  private static final List<String> FOR_CLIENTS =
      List.of(
          "fs.defaultFS",
          YarnConfiguration.RM_ADDRESS,
          YarnConfiguration.RM_SCHEDULER_ADDRESS,
          YarnConfiguration.RM_RESOURCE_TRACKER_ADDRESS,
          YarnConfiguration.RM_ADMIN_ADDRESS,
          YarnConfiguration.RM_WEBAPP_ADDRESS,
          JHAdminConfig.MR_HISTORY_ADDRESS,
          JHAdminConfig.MR_HISTORY_WEBAPP_ADDRESS,
          MRJobConfig.MR_AM_STAGING_DIR);

  private YarnServer() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    // whatever else is printed is a log
    System.setOut(System.err);
    Configuration settings = settings();
    MiniDFSCluster hdfs =
        new MiniDFSCluster.Builder(settings).numDataNodes(1).nameNodePort(0).build();
    hdfs.waitActive();
    settings.set("fs.defaultFS", "hdfs://127.0.0.1:" + hdfs.getNameNodePort());
    MiniMRYarnCluster yarn = new MiniMRYarnCluster("yarn", Integer.parseInt(arguments[0]));
    yarn.init(settings);
    yarn.start();
    out.println(ready(yarn.getConfig()));
    out.flush();
    awaitEndOfInput();
    // whoever asked is gone, and so is what was here
    Runtime.getRuntime().halt(0);
  }

  private static Configuration settings() {
    EditLogFileOutputStream.setShouldSkipFsyncForTesting(true);
    Configuration settings = new YarnConfiguration();
    settings.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, "hdfs");
    settings.set("hadoop.tmp.dir", System.getProperty("user.dir") + "/tmp");
    settings.set(MRJobConfig.MR_AM_STAGING_DIR, "/staging");
    // a disk that is nearly full is no reason to have no nodes
    settings.setBoolean(YarnConfiguration.NM_DISK_HEALTH_CHECK_ENABLE, false);
    settings.setInt(YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, 128);
    settings.setInt(YarnConfiguration.RM_NM_HEARTBEAT_INTERVAL_MS, 200);
    // on each node four mappers, or one master and three
    settings.setInt(YarnConfiguration.YARN_MINICLUSTER_NM_PMEM_MB, 2048);
    settings.set("yarn.scheduler.capacity.maximum-am-resource-percent", "0.5");
    return settings;
  }

  private static String ready(Configuration settings) {
    StringBuilder line = new StringBuilder("READY");
    for (String key : FOR_CLIENTS) {
      String value = settings.get(key);
      line.append(' ').append(key).append('=').append(value);
    }
    return line.toString();
  }

  private static void awaitEndOfInput() throws IOException {
    while (System.in.read() >= 0) {
      // nothing is asked of it
    }
  }
}
