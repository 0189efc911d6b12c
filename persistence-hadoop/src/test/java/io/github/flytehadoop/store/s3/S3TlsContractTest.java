/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.testkit.contract.StoreContracts;
import io.github.flytehadoop.testkit.s3.S3Endpoint;

/** The same endpoint over TLS, where native code carries large bodies both ways. */
class S3TlsContractTest extends StoreContracts {
  private static final class Shared {
    static final S3EndpointContractTest.EndpointFixture FIXTURE =
        new S3EndpointContractTest.EndpointFixture(S3Endpoint.startTls());
  }

  S3TlsContractTest() {
    super(Shared.FIXTURE);
  }
}
