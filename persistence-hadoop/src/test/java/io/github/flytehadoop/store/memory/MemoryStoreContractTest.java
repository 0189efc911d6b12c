/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.memory;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.testkit.contract.StoreContracts;
import io.github.flytehadoop.testkit.contract.StoreFixture;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class MemoryStoreContractTest extends StoreContracts {
  MemoryStoreContractTest() {
    super(new MemoryFixture());
  }

  private static final class MemoryFixture implements StoreFixture {
    private final Store store = new MemoryStore();
    private final AtomicInteger roots = new AtomicInteger();

    @Override
    public Store store() {
      return store;
    }

    @Override
    public Location newRoot() {
      return Location.parse("memory://tests/root" + roots.incrementAndGet());
    }

    @Override
    public StoreTraits traits() {
      return new StoreTraits(
          StoreTraits.Tree.PREFIXES,
          StoreTraits.Metadata.KEPT,
          StoreTraits.ParallelWrites.NONE,
          StoreTraits.Checksums.CRC32C);
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
