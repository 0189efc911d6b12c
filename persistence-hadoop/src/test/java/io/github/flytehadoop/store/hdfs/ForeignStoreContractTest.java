/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.registry.StoreRegistry;
import io.github.flytehadoop.testkit.ForeignFileSystem;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.contract.StoreContracts;
import io.github.flytehadoop.testkit.contract.StoreFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A file system of somebody else, whose rename replaces nothing. */
class ForeignStoreContractTest extends StoreContracts {
  ForeignStoreContractTest() {
    super(new ForeignFixture());
  }

  private static final class ForeignFixture implements StoreFixture {
    private final StoreRegistry stores =
        new StoreRegistry(
            new FileSystems(DataConfig.defaults(), ForeignFileSystem.configuration(), Map.of()),
            AnonymousAccess.NEVER,
            partBytes());

    @Override
    public Store store() throws IOException {
      return stores.of(Location.parse(ForeignFileSystem.ROOT + "/x"));
    }

    @Override
    public Location newRoot() throws IOException {
      return Location.parse(ForeignFileSystem.ROOT + TestDirectories.scratch("foreign"));
    }

    @Override
    public StoreTraits traits() {
      return new StoreTraits(
          StoreTraits.Tree.DIRECTORIES,
          StoreTraits.Metadata.NONE,
          StoreTraits.ParallelWrites.NONE,
          StoreTraits.Checksums.NONE);
    }

    @Override
    public List<String> leftovers(Location root) throws IOException {
      Path directory = Path.of("/" + root.key());
      if (!Files.isDirectory(directory)) {
        return List.of();
      }
      try (Stream<Path> all = Files.walk(directory)) {
        return all.map(path -> path.getFileName().toString())
            .filter(name -> name.contains("_flyte_tmp_"))
            .toList();
      }
    }

    /** A file that is replaced is gone for a moment. */
    @Override
    public boolean answersFromOneVersion() {
      return false;
    }
  }
}
