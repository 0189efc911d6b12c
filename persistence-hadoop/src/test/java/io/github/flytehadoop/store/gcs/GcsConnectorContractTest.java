/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.CloudFixture;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.testkit.GcsServer;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.contract.StoreContracts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;

/** The same server through the connector, which the store for any file system drives. */
@RequireStores("gcs")
@Tag("slow")
class GcsConnectorContractTest extends StoreContracts {
  private static final class Shared {
    static final ConnectorFixture FIXTURE = new ConnectorFixture(GcsServer.shared());
  }

  GcsConnectorContractTest() {
    super(Shared.FIXTURE);
  }

  private static final class ConnectorFixture extends CloudFixture {
    private static final int PAGE = 100;

    private final GcsServer server;

    ConnectorFixture(GcsServer server) {
      super("gs://" + server.newBucket(), StoreTraits.Checksums.NONE, server.dataConfig());
      this.server = server;
    }

    @Override
    protected Configuration base() {
      Configuration base = super.base();
      base.set("fs.flyte.client", "hadoop");
      base.setInt("fs.gs.list.max.items.per.call", PAGE);
      return base;
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
    public List<String> leftovers(Location root) {
      return server.keys(root.authority(), root.key()).stream()
          .filter(key -> key.contains("_flyte_tmp_"))
          .toList();
    }

    @Override
    public boolean canHold(String name) {
      return name.getBytes(StandardCharsets.UTF_8).length <= 1000;
    }

    @Override
    public boolean serverUnderstands(String name) {
      return name.indexOf(';') < 0;
    }

    @Override
    public int manyFiles() {
      return 2 * PAGE + 10;
    }

    /** The connector looks, and then copies. */
    @Override
    public boolean refusesInOneStep() {
      return false;
    }

    /** A file that is replaced is gone for a moment. */
    @Override
    public boolean answersFromOneVersion() {
      return false;
    }
  }
}
