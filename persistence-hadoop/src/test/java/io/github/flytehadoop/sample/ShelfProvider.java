/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.sample;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreProvider;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** Opens {@code shelf://name/key}. A real one would read its endpoint from the Configuration. */
public final class ShelfProvider implements StoreProvider {
  @Override
  public Set<String> schemes() {
    return Set.of("shelf");
  }

  @Override
  public Store open(Location place, Configuration configuration) {
    return new ShelfStore();
  }
}
