/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.testkit.AtEnd;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.contract.StoreContracts;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The endpoint whose faults are scripted, without faults: it holds every key that S3 holds. */
class S3EndpointContractTest extends StoreContracts {
  private static final class Shared {
    static final EndpointFixture FIXTURE = new EndpointFixture(S3Endpoint.start());
  }

  S3EndpointContractTest() {
    super(Shared.FIXTURE);
  }

  static class EndpointFixture extends S3Fixture {
    private static final String BUCKET = "contract";
    private final S3Endpoint endpoint;

    EndpointFixture(S3Endpoint endpoint) {
      super(BUCKET, config(endpoint.uri(), TestSecrets.S3_ACCESS_KEY, TestSecrets.S3_SECRET_KEY));
      this.endpoint = endpoint;
      endpoint.createBucket(BUCKET);
      endpoint.identities(
          Map.of(
              TestSecrets.S3_ACCESS_KEY,
              S3Endpoint.ALL_BUCKETS,
              TestSecrets.UNKNOWN_ACCESS_KEY,
              Set.of()));
      AtEnd.stop(endpoint::close);
    }

    @Override
    public List<String> leftovers(Location root) {
      return endpoint.pendingUploads(BUCKET).stream()
          .filter(upload -> upload.startsWith(root.key() + "/"))
          .toList();
    }

    @Override
    public Twins twins() {
      return Twins.KEPT;
    }

    @Override
    public Optional<Stranger> stranger() throws IOException {
      DataConfig config =
          config(endpoint.uri(), TestSecrets.UNKNOWN_ACCESS_KEY, TestSecrets.UNKNOWN_SECRET_KEY);
      return Optional.of(new Stranger(open(config), newFile(), Set.of(FailureKind.ACCESS_DENIED)));
    }
  }
}
