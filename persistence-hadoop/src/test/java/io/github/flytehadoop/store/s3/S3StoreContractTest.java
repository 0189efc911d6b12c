/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.S3Server;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.contract.StoreContracts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A real server. It keeps no {@code x} beside {@code x/y}. */
@RequireStores("s3")
class S3StoreContractTest extends StoreContracts {
  private static final class Shared {
    static final S3ProxyFixture FIXTURE = new S3ProxyFixture(S3Server.shared());
  }

  S3StoreContractTest() {
    super(Shared.FIXTURE);
  }

  private static final class S3ProxyFixture extends S3Fixture {
    private final S3Server server;

    S3ProxyFixture(S3Server server) {
      super(server.newBucket(), config(server.uri(), server.accessKey(), server.secretKey()));
      this.server = server;
    }

    /**
     * S3Proxy reads the attributes of a file before it opens it; the scripted endpoint does not.
     */
    @Override
    public boolean answersFromOneVersion() {
      return false;
    }

    /** S3Proxy keeps a part of an upload that it does not know, and forgets it. */
    @Override
    public boolean refusesLateParts() {
      return false;
    }

    @Override
    public List<String> leftovers(Location root) {
      return server.pendingUploads(bucket).stream()
          .filter(upload -> upload.startsWith(root.key() + "/"))
          .toList();
    }

    @Override
    public Optional<Stranger> stranger() throws IOException {
      Store theirs =
          open(
              config(server.uri(), TestSecrets.UNKNOWN_ACCESS_KEY, TestSecrets.UNKNOWN_SECRET_KEY));
      return Optional.of(
          new Stranger(
              theirs, newFile(), Set.of(FailureKind.NO_CREDENTIALS, FailureKind.ACCESS_DENIED)));
    }
  }
}
