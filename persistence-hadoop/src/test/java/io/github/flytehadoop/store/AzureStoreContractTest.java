/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.testkit.AzureServer;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.contract.StoreContracts;
import io.github.flytehadoop.testkit.contract.StoreFixture;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;

@RequireStores("azure")
class AzureStoreContractTest extends StoreContracts {
  AzureStoreContractTest() {
    super(new AzureFixture());
  }

  private static final class AzureFixture implements StoreFixture {
    private static final AtomicInteger ROOTS = new AtomicInteger();
    private static final int PART = 4 << 20;
    private static final String UNKNOWN_KEY =
        TestSecrets.remember("dHN0U2VjcmV0OVVua25vd25BenVyZUtleU5ldmVyUHJpbnRJdDA5");

    private static StoreRegistry stores(String key) {
      return new StoreRegistry(
          new FileSystems(AzureServer.shared().dataConfig(key), new Configuration(false), Map.of()),
          AnonymousAccess.NEVER,
          PART);
    }

    private static final class Mine {
      static final String CONTAINER = AzureServer.shared().newContainer();
      static final StoreRegistry STORES = stores(TestSecrets.AZURE_ACCOUNT_KEY);
    }

    @Override
    public Store store() throws IOException {
      return Mine.STORES.of(Location.parse("abfs://" + Mine.CONTAINER));
    }

    @Override
    public Location newRoot() {
      return Location.parse("abfs://" + Mine.CONTAINER + "/root" + ROOTS.incrementAndGet());
    }

    @Override
    public StoreTraits traits() {
      return new StoreTraits(
          StoreTraits.Tree.PREFIXES,
          StoreTraits.Metadata.KEPT,
          StoreTraits.ParallelWrites.NONE,
          StoreTraits.Checksums.ON_WRITE);
    }

    /** Blocks that are in no list are no blob, and are not listed. */
    @Override
    public List<String> leftovers(Location root) {
      return List.of();
    }

    @Override
    public int partBytes() {
      return PART;
    }

    @Override
    public boolean canHold(String name) {
      return !name.endsWith(".") && name.chars().noneMatch(c -> c == '\\' || c < ' ');
    }

    @Override
    public Twins twins() {
      return Twins.KEPT;
    }

    @Override
    public Optional<Stranger> stranger() throws IOException {
      Location file = newRoot().child(new RelativePath("d/file"));
      try (ObjectWrite write = store().write(file, WriteOptions.ofLength(1))) {
        write.write(1);
        write.commit();
      }
      return Optional.of(
          new Stranger(
              stores(UNKNOWN_KEY).of(file),
              file,
              Set.of(FailureKind.NO_CREDENTIALS, FailureKind.ACCESS_DENIED)));
    }
  }
}
