/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.azure;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.CloudFixture;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.testkit.AzureServer;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.contract.StoreContracts;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;

/** The same server through ABFS at its blob endpoint, and the store for any file system. */
@RequireStores("azure")
@Tag("slow")
class AbfsContractTest extends StoreContracts {
  private static final class Shared {
    static final AbfsFixture FIXTURE = new AbfsFixture(AzureServer.shared());
  }

  AbfsContractTest() {
    super(Shared.FIXTURE);
  }

  private static final class AbfsFixture extends CloudFixture {
    private static final int PAGE = 100;

    AbfsFixture(AzureServer server) {
      super(
          "abfs://" + server.newContainer(),
          StoreTraits.Checksums.NONE,
          server.dataConfig(TestSecrets.AZURE_ACCOUNT_KEY));
    }

    @Override
    protected Configuration base() {
      Configuration base = super.base();
      base.set("fs.flyte.client", "hadoop");
      base.setInt("fs.azure.list.max.results", PAGE);
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
      return List.of();
    }

    @Override
    public int partBytes() {
      return 4 << 20;
    }

    @Override
    public int manyFiles() {
      return 2 * PAGE + 10;
    }

    @Override
    public boolean canHold(String name) {
      return !name.endsWith(".") && name.chars().noneMatch(c -> c == '\\' || c < ' ');
    }

    /** Times are whole seconds there. */
    @Override
    public void letTimePass() throws IOException {
      try {
        Thread.sleep(1100);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    /** A flat account renames by a copy and a deletion. */
    @Override
    public boolean everyWriterReplaces() {
      return false;
    }

    /** A file that is replaced is gone for a moment. */
    @Override
    public boolean answersFromOneVersion() {
      return false;
    }
  }
}
