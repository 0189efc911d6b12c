/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.registry;

import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.hadoop.SerializableFileSystemSpecs;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.CanonicalPlace;
import io.github.flytehadoop.store.OpenedStores;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoresHandle;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** The settings of a job's file systems, from which a worker makes its own registry. */
record SerializableStores(
    SerializableFileSystemSpecs places, AnonymousAccess anonymous, long partSizeBytes)
    implements StoresHandle {
  @Override
  public OpenedStores open(Configuration base) {
    FileSystems fileSystems = new FileSystems(places, base, System.getenv());
    return new WorkerStores(fileSystems, new StoreRegistry(fileSystems, anonymous, partSizeBytes));
  }

  private record WorkerStores(FileSystems fileSystems, StoreRegistry registry)
      implements OpenedStores {
    @Override
    public Store of(Location location) throws IOException {
      return registry.of(location);
    }

    @Override
    public CanonicalPlace placeOf(Location location) throws IOException {
      return registry.placeOf(location);
    }

    @Override
    public StoresHandle ship(Collection<Location> locations) {
      return registry.ship(locations);
    }

    @Override
    public Map<String, Long> requests() {
      return registry.requests();
    }

    @Override
    public void close() {
      fileSystems.close();
    }
  }
}
