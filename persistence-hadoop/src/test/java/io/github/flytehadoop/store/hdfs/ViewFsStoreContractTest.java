/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.contract.StoreContracts;
import io.github.flytehadoop.testkit.contract.StoreFixture;
import org.apache.hadoop.conf.Configuration;

/** HDFS behind a mount table. */
@RequireStores("hdfs")
class ViewFsStoreContractTest extends StoreContracts {
  private static final class Shared {
    static final StoreFixture FIXTURE = fixture(MiniHdfs.shared());
  }

  ViewFsStoreContractTest() {
    super(Shared.FIXTURE);
  }

  private static StoreFixture fixture(MiniHdfs hdfs) {
    Configuration conf = hdfs.configuration();
    conf.set("fs.viewfs.mounttable.cluster.link./mounted", hdfs.uri() + "/");
    return new HdfsFixture(hdfs, "viewfs://cluster/mounted", conf, StoreTraits.Checksums.CRC32C);
  }
}
