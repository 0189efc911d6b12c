/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.sample;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.registry.StoreRegistry;
import io.github.flytehadoop.testkit.contract.StoreContracts;
import io.github.flytehadoop.testkit.contract.StoreFixture;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;

/** The contract of docs/add-a-store.md, on a store that was found on the class path. */
class ShelfStoreTest extends StoreContracts {
  ShelfStoreTest() {
    super(new ShelfFixture());
  }

  private static final class ShelfFixture implements StoreFixture {
    private final AtomicInteger roots = new AtomicInteger();
    private final StoreRegistry stores =
        new StoreRegistry(
            new FileSystems(DataConfig.defaults(), new Configuration(false), Map.of()),
            AnonymousAccess.NEVER,
            partBytes());

    @Override
    public Store store() throws IOException {
      return stores.of(Location.parse("shelf://tests"));
    }

    @Override
    public Location newRoot() {
      return Location.parse("shelf://tests/root" + roots.incrementAndGet());
    }

    @Override
    public StoreTraits traits() {
      return new StoreTraits(
          StoreTraits.Tree.PREFIXES,
          StoreTraits.Metadata.NONE,
          StoreTraits.ParallelWrites.NONE,
          StoreTraits.Checksums.NONE);
    }

    @Override
    public List<String> leftovers(Location root) {
      return List.of();
    }

    @Override
    public boolean canHold(String name) {
      return true;
    }

    @Override
    public Twins twins() {
      return Twins.KEPT;
    }
  }
}
