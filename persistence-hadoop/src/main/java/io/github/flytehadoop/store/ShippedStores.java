/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.hadoop.ShippedPlaces;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/**
 * The stores of one job, on their way to its workers. It holds secrets and shows none: it belongs
 * into closures and credentials, never into a configuration or a log.
 */
public record ShippedStores(ShippedPlaces places, AnonymousAccess anonymous, long partSizeBytes)
    implements Serializable {
  /** Opens them on a worker, over the worker's own Configuration. */
  public OpenedStores open(Configuration base) {
    FileSystems fileSystems = new FileSystems(places, base, System.getenv());
    return new OpenedStores(fileSystems, new StoreRegistry(fileSystems, anonymous, partSizeBytes));
  }
}
