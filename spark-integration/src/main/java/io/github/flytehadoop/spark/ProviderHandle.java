/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.error.Problem;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * What goes to a task in place of a provider; there it becomes the provider of the task's JVM.
 *
 * @param application the Spark application, whose end closes the provider
 * @param rawOutputPrefix where durable data goes
 * @param config the driver's
 * @param metadata put on every file
 * @param hadoop what the driver's Hadoop configuration has beyond the executors' own
 */
record ProviderHandle(
    String application,
    String rawOutputPrefix,
    SerializableDataConfig config,
    TreeMap<String, String> metadata,
    TreeMap<String, String> hadoop)
    implements Serializable {

  ProviderHandle(
      String application,
      String rawOutputPrefix,
      SerializableDataConfig config,
      Map<String, String> metadata,
      Map<String, String> hadoop) {
    this(application, rawOutputPrefix, config, new TreeMap<>(metadata), new TreeMap<>(hadoop));
  }

  private Object readResolve() throws ObjectStreamException {
    try {
      return ProviderCache.of(this);
    } catch (IOException failure) {
      throw Problem.cannot("make a provider in this JVM")
          .because(String.valueOf(failure.getMessage()))
          .causedBy(failure)
          .made(InvalidObjectException::new);
    }
  }

  /** The prefix alone: the rest may hold secrets. */
  @Override
  public String toString() {
    return "ProviderHandle[" + rawOutputPrefix + "]";
  }
}
