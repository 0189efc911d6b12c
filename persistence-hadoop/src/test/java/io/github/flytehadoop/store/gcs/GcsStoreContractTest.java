/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.CloudFixture;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.testkit.GcsServer;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.contract.StoreContracts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

@RequireStores("gcs")
class GcsStoreContractTest extends StoreContracts {
  private static final class Shared {
    static final GcsFixture FIXTURE = new GcsFixture(GcsServer.shared());
  }

  GcsStoreContractTest() {
    super(Shared.FIXTURE);
  }

  /** Else {@link GcsFixture#serverUnderstands} could go. */
  @Test
  void theServerLosesAPrefixWithASemicolon() throws IOException {
    Store store = Shared.FIXTURE.store();
    Location root = Shared.FIXTURE.newRoot();
    try (ObjectWrite write =
        store.write(root.child(new RelativePath("a")), WriteOptions.ofLength(0))) {
      write.commit();
    }
    assertThat(store.stat(root.child(new RelativePath("b;c"))).isDirectory()).isTrue();
  }

  private static final class GcsFixture extends CloudFixture {
    private final GcsServer server;

    GcsFixture(GcsServer server) {
      super("gs://" + server.newBucket(), StoreTraits.Checksums.CRC32C, server.dataConfig());
      this.server = server;
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
    public List<String> leftovers(Location root) {
      return server.keys(root.authority(), root.key()).stream()
          .filter(key -> key.contains("_flyte_tmp_"))
          .toList();
    }

    /** The server composes whatever the condition says. */
    @Override
    public boolean partsRefuse() {
      return false;
    }

    @Override
    public Twins twins() {
      return Twins.KEPT;
    }
  }
}
