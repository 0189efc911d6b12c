/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.YarnCluster;
import io.github.flytehadoop.testkit.contract.CopyContract;
import io.github.flytehadoop.transfer.TransferEngine;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;

/** Mappers in containers of YARN. */
@RequireStores("mapreduce")
@Tag("cluster")
class YarnCopyTest extends CopyContract {
  @Override
  protected TransferEngine engine() {
    return new MapReduceEngine(hadoop());
  }

  @Override
  protected String newHdfsDirectory() throws IOException {
    return YarnCluster.shared().newDirectory();
  }

  @Override
  protected Configuration hadoop() {
    return YarnCluster.shared().configuration();
  }
}
