/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.job;

import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.contract.CopyContract;
import io.github.flytehadoop.transfer.TransferEngine;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.work.LocalEngine;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/** The threads of this JVM. */
@Tag("cluster")
class LocalCopyTest extends CopyContract {
  private final LocalEngine engine = new LocalEngine(TransferLimits.defaults());

  @AfterAll
  void stop() {
    engine.close();
  }

  @Override
  protected TransferEngine engine() {
    return engine;
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
