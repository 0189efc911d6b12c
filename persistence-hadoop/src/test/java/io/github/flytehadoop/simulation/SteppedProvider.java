/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreProvider;
import io.github.flytehadoop.store.memory.MemoryStore;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;

/** {@code stepped://name/key}: the store in memory, step by step and open to others. */
public final class SteppedProvider implements StoreProvider {
  static final String SCHEME = "stepped";

  private static final Map<String, MemoryStore> STORES = new ConcurrentHashMap<>();

  /** The store of a name behind the back of its clients. */
  static MemoryStore behind(String name) {
    return STORES.computeIfAbsent(name, any -> new MemoryStore());
  }

  static void forget(String name) {
    STORES.remove(name);
  }

  @Override
  public Set<String> schemes() {
    return Set.of(SCHEME);
  }

  @Override
  public Store open(Location place, Configuration configuration) {
    return SteppedStore.over(behind(place.authority()));
  }
}
