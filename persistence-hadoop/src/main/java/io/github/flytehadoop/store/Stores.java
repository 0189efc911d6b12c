/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.location.Location;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/** Opens the store of a location; cheap after the first time. */
public interface Stores {
  /** The store that a location is in. */
  Store of(Location location) throws IOException;

  /** What workers on other machines need to open the stores of these locations. */
  StoresHandle ship(Collection<Location> locations);

  /** Requests that all stores' clients have sent so far, by class. */
  Map<String, Long> requests();
}
