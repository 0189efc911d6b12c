/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.overlay;

/** Who will use the file systems that a Configuration makes. */
public enum Profile {
  /**
   * Spark, MapReduce, DistCp and the user's own code: implementations, endpoint, credentials and
   * retries. Nothing that changes what {@code FileSystem} promises.
   */
  SHARED,
  /**
   * This library's own instances, which are reached through its own code only: {@link #SHARED} and
   * the keys that save requests and memory there.
   */
  ENGINE
}
