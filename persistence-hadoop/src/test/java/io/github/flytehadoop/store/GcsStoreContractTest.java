/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.testkit.GcsServer;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.contract.StoreContracts;
import io.github.flytehadoop.testkit.contract.StoreFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

@RequireStores("gcs")
class GcsStoreContractTest extends StoreContracts {
  GcsStoreContractTest() {
    super(new GcsFixture());
  }

  /** Else {@link GcsFixture#serverUnderstands} could go. */
  @Test
  void theServerLosesAPrefixWithASemicolon() throws IOException {
    Store store = new GcsFixture().store();
    Location root = new GcsFixture().newRoot();
    try (ObjectWrite write =
        store.write(root.child(new RelativePath("a")), WriteOptions.ofLength(0))) {
      write.commit();
    }
    assertThat(store.stat(root.child(new RelativePath("b;c"))).isDirectory()).isTrue();
  }

  private static final class GcsFixture implements StoreFixture {
    private static final AtomicInteger ROOTS = new AtomicInteger();
    private static final int PART = 8 << 20;

    private static final class Mine {
      static final String BUCKET = GcsServer.shared().newBucket();
      static final StoreRegistry STORES =
          new StoreRegistry(
              new FileSystems(GcsServer.shared().dataConfig(), new Configuration(false), Map.of()),
              AnonymousAccess.NEVER,
              PART);
    }

    @Override
    public Store store() throws IOException {
      return Mine.STORES.of(Location.parse("gs://" + Mine.BUCKET));
    }

    @Override
    public Location newRoot() {
      return Location.parse("gs://" + Mine.BUCKET + "/root" + ROOTS.incrementAndGet());
    }

    @Override
    public StoreTraits traits() {
      return new StoreTraits(
          StoreTraits.Tree.PREFIXES,
          StoreTraits.Metadata.KEPT,
          StoreTraits.ParallelWrites.NONE,
          StoreTraits.Checksums.CRC32C);
    }

    /** An upload that is not finished is not an object, and nobody can list it. */
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
      return name.getBytes(StandardCharsets.UTF_8).length <= 1000
          && name.chars().noneMatch(character -> character == '\r' || character == '\n');
    }

    @Override
    public boolean serverUnderstands(String name) {
      return name.indexOf(';') < 0;
    }

    @Override
    public Twins twins() {
      return Twins.KEPT;
    }
  }
}
