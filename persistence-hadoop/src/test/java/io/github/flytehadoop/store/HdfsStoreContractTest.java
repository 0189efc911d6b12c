/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.contract.StoreContracts;
import io.github.flytehadoop.testkit.contract.StoreFixture;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

@RequireStores("hdfs")
class HdfsStoreContractTest extends StoreContracts {
  private static final class Shared {
    static final StoreFixture FIXTURE = new HdfsFixture();
  }

  HdfsStoreContractTest() {
    super(Shared.FIXTURE);
  }

  private static final class HdfsFixture implements StoreFixture {
    private final MiniHdfs hdfs = MiniHdfs.shared();
    private final StoreRegistry stores =
        new StoreRegistry(
            new FileSystems(DataConfig.defaults(), hdfs.configuration(), Map.of()),
            AnonymousAccess.NEVER,
            partBytes());

    @Override
    public Store store() throws IOException {
      return stores.of(Location.parse(hdfs.uri().toString()));
    }

    @Override
    public Location newRoot() throws IOException {
      return Location.parse(hdfs.newDirectory());
    }

    @Override
    public StoreTraits traits() {
      return new StoreTraits(
          StoreTraits.Tree.DIRECTORIES,
          StoreTraits.Metadata.KEPT,
          StoreTraits.ParallelWrites.NONE,
          StoreTraits.Checksums.CRC32C);
    }

    @Override
    public List<String> leftovers(Location root) throws IOException {
      return hdfs.fileNames(root.text()).stream()
          .filter(name -> name.startsWith("._flyte_tmp_"))
          .toList();
    }

    @Override
    public boolean canHold(String name) {
      return StoreFixture.super.canHold(name) && name.indexOf(':') < 0;
    }

    @Override
    public Optional<Stranger> stranger() throws IOException {
      Store theirs = new HdfsStore(hdfs.newFileSystemAs("stranger"), HdfsStore.Checksums.COMPOSITE);
      Location file = Location.parse(hdfs.newPrivateFile());
      return Optional.of(new Stranger(theirs, file, Set.of(FailureKind.ACCESS_DENIED)));
    }
  }
}
