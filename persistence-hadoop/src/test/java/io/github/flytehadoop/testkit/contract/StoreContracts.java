/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.contract;

import org.junit.jupiter.api.Nested;

/** All contracts of a store: a store's test extends this and gives its fixture. */
public abstract class StoreContracts {
  private final StoreFixture fixture;

  /** The contracts of one store. */
  protected StoreContracts(StoreFixture fixture) {
    this.fixture = fixture;
  }

  @Nested
  class Reads extends StoreReadContract {
    @Override
    protected StoreFixture fixture() {
      return fixture;
    }
  }

  @Nested
  class Pins extends StorePinContract {
    @Override
    protected StoreFixture fixture() {
      return fixture;
    }
  }

  @Nested
  class Writes extends StoreWriteContract {
    @Override
    protected StoreFixture fixture() {
      return fixture;
    }
  }

  @Nested
  class GivesUp extends StoreAbortContract {
    @Override
    protected StoreFixture fixture() {
      return fixture;
    }
  }

  @Nested
  class Races extends StoreRaceContract {
    @Override
    protected StoreFixture fixture() {
      return fixture;
    }
  }

  @Nested
  class WritesInParallel extends StoreParallelWriteContract {
    @Override
    protected StoreFixture fixture() {
      return fixture;
    }
  }

  @Nested
  class WritesInParts extends StorePartsContract {
    @Override
    protected StoreFixture fixture() {
      return fixture;
    }
  }

  @Nested
  class Lists extends StoreListContract {
    @Override
    protected StoreFixture fixture() {
      return fixture;
    }
  }

  @Nested
  class Names extends StoreNamesContract {
    @Override
    protected StoreFixture fixture() {
      return fixture;
    }
  }

  @Nested
  class Deletes extends StoreDeleteContract {
    @Override
    protected StoreFixture fixture() {
      return fixture;
    }
  }

  @Nested
  class Fails extends StoreFailureContract {
    @Override
    protected StoreFixture fixture() {
      return fixture;
    }
  }
}
