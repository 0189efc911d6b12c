/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.memory;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreProvider;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * {@code memory://name/key}, for tests: one empty store for each name, in this JVM, gone with the
 * {@code FileAccessProvider} that made it.
 */
public final class MemoryStoreProvider implements StoreProvider {
  @Override
  public Set<String> schemes() {
    return Set.of("memory");
  }

  @Override
  public Store open(Location place, Configuration configuration) {
    return new MemoryStore();
  }
}
