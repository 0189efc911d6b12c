/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.location.Location;
import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * Adds a store for schemes of its own. Name the class in {@code
 * META-INF/services/io.github.flytehadoop.store.StoreProvider} and put its jar on the class path;
 * it needs a public constructor without parameters. It wins over a Hadoop file system of the same
 * scheme. Two providers of one scheme are refused.
 *
 * <p>docs/add-a-store.md walks through one, and through the contract suite that checks it.
 */
public interface StoreProvider {
  /** The schemes, in lower case, without {@code ://}. */
  Set<String> schemes();

  /**
   * Opens the store that a location is in: one for each scheme and authority, kept until the
   * caller's {@code FileAccessProvider} goes away.
   *
   * @param place the location that was asked for first
   * @param configuration the caller's base Configuration, for settings; not to be changed
   * @throws IOException when it cannot be opened; the next call tries again
   */
  Store open(Location place, Configuration configuration) throws IOException;
}
