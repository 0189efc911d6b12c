/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.hadoop.s3.S3Clients;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.testkit.contract.StoreContracts;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import org.apache.hadoop.conf.Configuration;

/** The same endpoint through the public API of Hadoop's own file system. */
class S3aStoreContractTest extends StoreContracts {
  private static final class Shared {
    static final HadoopFixture FIXTURE = new HadoopFixture(S3Endpoint.start());
  }

  S3aStoreContractTest() {
    super(Shared.FIXTURE);
  }

  private static final class HadoopFixture extends S3EndpointContractTest.EndpointFixture {
    HadoopFixture(S3Endpoint endpoint) {
      super(endpoint);
    }

    @Override
    protected Configuration base() {
      Configuration base = super.base();
      base.set(S3Clients.CLIENT, "hadoop");
      return base;
    }

    /** It asks for listings in plain XML. */
    @Override
    public boolean canHold(String name) {
      return super.canHold(name) && name.chars().noneMatch(c -> c == 1 || c == 0x1b);
    }

    @Override
    public StoreTraits traits() {
      return S3aStore.TRAITS;
    }
  }
}
