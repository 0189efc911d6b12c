/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.contract.StoreContracts;
import io.github.flytehadoop.testkit.contract.StoreFixture;
import java.text.Normalizer;

/** HDFS over HTTP. */
@RequireStores("hdfs")
class WebHdfsStoreContractTest extends StoreContracts {
  private static final class Shared {
    static final StoreFixture FIXTURE = fixture(MiniHdfs.shared());
  }

  WebHdfsStoreContractTest() {
    super(Shared.FIXTURE);
  }

  private static StoreFixture fixture(MiniHdfs hdfs) {
    return new HdfsFixture(
        hdfs,
        "webhdfs://127.0.0.1:" + hdfs.cluster().getNameNode().getHttpAddress().getPort(),
        hdfs.configuration(),
        StoreTraits.Checksums.NONE) {
      @Override
      public boolean canHold(String name) {
        return super.canHold(name) && Normalizer.isNormalized(name, Normalizer.Form.NFC);
      }
    };
  }
}
