/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

/** Who moves the bytes of a copy. */
public enum Engine {
  /**
   * This JVM for small jobs, the cluster that is there for large ones: from 16 GiB or 20,000 files
   * on, and never for local paths.
   */
  AUTO,
  /** This JVM. */
  LOCAL,
  /** MapReduce on YARN. */
  MAPREDUCE,
  /** Spark executors. */
  SPARK
}
