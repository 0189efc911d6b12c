/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import io.github.flytehadoop.store.StoreProvider;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** Shows {@link SteppedProvider} to whoever looks for stores, on the threads of a simulation. */
final class SteppedServices extends ClassLoader {
  private static final String NAME = "META-INF/services/" + StoreProvider.class.getName();

  private final Path named;

  private SteppedServices(Path named) {
    super(SteppedServices.class.getClassLoader());
    this.named = named;
  }

  /** Work that may fail. */
  interface Work<T> {
    T run() throws IOException;
  }

  /** Runs where it is seen. */
  static <T> T shown(Path scratch, Work<T> work) throws IOException {
    Path named = scratch.resolve("services");
    Files.writeString(named, SteppedProvider.class.getName() + "\n");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(new SteppedServices(named));
    try {
      return work.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) throws IOException {
    return name.equals(NAME)
        ? Collections.enumeration(List.of(named.toUri().toURL()))
        : Collections.emptyEnumeration();
  }
}
