/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.contract.StoreContracts;
import io.github.flytehadoop.testkit.contract.StoreFixture;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

@RequireStores("hdfs")
class HdfsStoreContractTest extends StoreContracts {
  private static final class Shared {
    static final StoreFixture FIXTURE = new WithStranger(MiniHdfs.shared());
  }

  HdfsStoreContractTest() {
    super(Shared.FIXTURE);
  }

  private static final class WithStranger extends HdfsFixture {
    WithStranger(MiniHdfs hdfs) {
      super(hdfs, hdfs.uri().toString(), hdfs.configuration(), StoreTraits.Checksums.CRC32C);
    }

    @Override
    public Optional<Stranger> stranger() throws IOException {
      Store theirs = new HdfsStore(hdfs().newFileSystemAs("stranger"));
      Location file = Location.parse(hdfs().newPrivateFile());
      return Optional.of(new Stranger(theirs, file, Set.of(FailureKind.ACCESS_DENIED)));
    }
  }
}
