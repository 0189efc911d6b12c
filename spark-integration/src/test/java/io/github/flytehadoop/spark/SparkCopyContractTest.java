/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.contract.CopyContract;
import io.github.flytehadoop.transfer.TransferEngine;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** Executors of a standalone cluster, which are JVMs of their own. */
@Tag("cluster")
@Timeout(value = 20, unit = java.util.concurrent.TimeUnit.MINUTES)
@RequireStores("spark")
class SparkCopyContractTest extends CopyContract {
  private SparkStandalone cluster;
  private SparkSession spark;

  @BeforeAll
  void start() throws IOException {
    cluster = SparkStandalone.start(2);
    spark = cluster.session().getOrCreate();
  }

  @AfterAll
  void stop() {
    spark.stop();
    cluster.close();
  }

  @Override
  protected TransferEngine engine() {
    return new SparkEngine(spark);
  }

  @Override
  protected String newHdfsDirectory() throws IOException {
    return MiniHdfs.shared().newDirectory();
  }

  @Override
  protected Configuration hadoop() {
    Configuration conf = MiniHdfs.shared().configuration();
    conf.set("dfs.blocksize", "8m");
    return conf;
  }
}
