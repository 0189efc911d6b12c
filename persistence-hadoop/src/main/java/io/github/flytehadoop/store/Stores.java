/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.location.Location;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/** Opens the store of a location; cheap after the first time. */
public interface Stores {
  /**
   * The store that a location is in.
   *
   * @throws IllegalArgumentException when nobody knows the scheme
   * @throws io.github.flytehadoop.error.TransferException when the client of the store does not
   *     start, such as {@code NO_CREDENTIALS}
   */
  Store of(Location location) throws IOException;

  /**
   * Where a location really is, by every name that is known without a request. The place of a
   * location that does not exist is where it would be.
   *
   * @throws IllegalArgumentException when nobody knows the scheme
   */
  default CanonicalPlace placeOf(Location location) throws IOException {
    return CanonicalPlace.of(location.root(), location.key(), CanonicalPlace.Finality.OPEN);
  }

  /** What workers on other machines need to open the stores of these locations. */
  StoresHandle ship(Collection<Location> locations);

  /** Requests that all stores' clients have sent so far, by class. */
  Map<String, Long> requests();
}
