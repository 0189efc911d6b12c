/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.azure;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.store.CloudFixture;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.testkit.AzureServer;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.contract.StoreContracts;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

@RequireStores("azure")
class AzureStoreContractTest extends StoreContracts {
  private static final class Shared {
    static final AzureFixture FIXTURE = new AzureFixture(AzureServer.shared());
  }

  AzureStoreContractTest() {
    super(Shared.FIXTURE);
  }

  private static final class AzureFixture extends CloudFixture {
    private static final String UNKNOWN_KEY =
        TestSecrets.remember("dHN0U2VjcmV0OVVua25vd25BenVyZUtleU5ldmVyUHJpbnRJdDA5");

    private final AzureServer server;

    AzureFixture(AzureServer server) {
      super(
          "abfs://" + server.newContainer(),
          StoreTraits.Checksums.ON_WRITE,
          server.dataConfig(TestSecrets.AZURE_ACCOUNT_KEY));
      this.server = server;
    }

    @Override
    public int partBytes() {
      return 4 << 20;
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
      return Optional.of(
          new Stranger(
              open(server.dataConfig(UNKNOWN_KEY)),
              newFile(),
              Set.of(FailureKind.NO_CREDENTIALS, FailureKind.ACCESS_DENIED)));
    }
  }
}
