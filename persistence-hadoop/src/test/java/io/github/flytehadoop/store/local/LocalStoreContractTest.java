/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.contract.StoreContracts;
import io.github.flytehadoop.testkit.contract.StoreFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class LocalStoreContractTest extends StoreContracts {
  LocalStoreContractTest() {
    super(new LocalFixture());
  }

  private static final class LocalFixture implements StoreFixture {
    @Override
    public Store store() {
      return new LocalStore();
    }

    @Override
    public Location newRoot() throws IOException {
      return Location.parse(TestDirectories.scratch("local").toString());
    }

    @Override
    public StoreTraits traits() {
      return new StoreTraits(
          StoreTraits.Tree.DIRECTORIES,
          StoreTraits.Metadata.NONE,
          StoreTraits.ParallelWrites.POSITIONED,
          StoreTraits.Checksums.NONE);
    }

    @Override
    public List<String> leftovers(Location root) throws IOException {
      try (Stream<Path> all = Files.walk(Path.of(root.key()))) {
        return all.map(path -> path.getFileName().toString())
            .filter(name -> name.startsWith("._flyte_tmp_"))
            .toList();
      }
    }
  }
}
