/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.registry;

import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreProvider;
import io.github.flytehadoop.store.http.HttpStoreProvider;
import io.github.flytehadoop.store.memory.MemoryStoreProvider;
import java.io.IOException;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** The stores that are no Hadoop file systems: our own, and those of the class path. */
final class StoreProviders {
  private final Map<String, StoreProvider> providers = new TreeMap<>();

  StoreProviders() {
    Map<String, StoreProvider> found = new TreeMap<>();
    try {
      for (StoreProvider provider : ServiceLoader.load(StoreProvider.class)) {
        provider.schemes().forEach(scheme -> addTo(found, scheme, provider));
      }
    } catch (ServiceConfigurationError failure) {
      throw new ConfigException(
          StoreProvider.class.getSimpleName(),
          "class path",
          failure.getMessage() + ". Correct META-INF/services in its jar, or remove the jar.");
    }
    addBuiltIn(new HttpStoreProvider());
    addBuiltIn(new MemoryStoreProvider());
    providers.putAll(found);
  }

  private void addBuiltIn(StoreProvider provider) {
    provider.schemes().forEach(scheme -> providers.put(scheme, provider));
  }

  private static void addTo(
      Map<String, StoreProvider> found, String scheme, StoreProvider provider) {
    StoreProvider other = found.putIfAbsent(scheme, provider);
    if (other != null) {
      throw new ConfigException(
          StoreProvider.class.getSimpleName(),
          "class path",
          other.getClass().getName()
              + " and "
              + provider.getClass().getName()
              + " both provide "
              + scheme
              + "://. Remove the jar of one.");
    }
  }

  Set<String> schemes() {
    return Set.copyOf(providers.keySet());
  }

  /** The store of a location, or null when a Hadoop file system has to serve it. */
  @Nullable Store open(Location location, Configuration configuration) throws IOException {
    StoreProvider provider = providers.get(location.scheme());
    return provider == null ? null : provider.open(location, configuration);
  }
}
