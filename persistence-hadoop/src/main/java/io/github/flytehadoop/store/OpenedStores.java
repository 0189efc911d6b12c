/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.hadoop.FileSystems;

/** Stores together with the file systems that go when they go. */
public final class OpenedStores implements AutoCloseable {
  private final FileSystems fileSystems;
  private final StoreRegistry registry;

  OpenedStores(FileSystems fileSystems, StoreRegistry registry) {
    this.fileSystems = fileSystems;
    this.registry = registry;
  }

  /** Where a location's store is found. */
  public StoreRegistry registry() {
    return registry;
  }

  @Override
  public void close() {
    fileSystems.close();
  }
}
