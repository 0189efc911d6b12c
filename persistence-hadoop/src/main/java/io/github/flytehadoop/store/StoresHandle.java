/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/**
 * The stores of one job, on their way to its workers. It holds secrets and shows none: it belongs
 * into closures and credentials, never into a configuration or a log.
 */
public interface StoresHandle extends Serializable {
  /** Opens the stores on a worker, over the worker's own Configuration. */
  OpenedStores open(Configuration base);
}
