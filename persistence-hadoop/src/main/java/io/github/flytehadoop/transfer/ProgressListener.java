/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.PathFailure;

/**
 * Hears of a transfer's progress. Called from one thread, after the fact; what it throws is logged
 * and does not touch the transfer, and a listener that is slow misses {@link #advanced} calls,
 * never the others (F60).
 */
public interface ProgressListener {
  /** Called once the plan is known. */
  default void planned(long files, long bytes) {}

  /** A file is on its way. */
  default void started(String path, long bytes) {}

  /** So many more bytes have arrived; the sum can exceed the plan when an attempt is repeated. */
  default void advanced(long bytes) {}

  /** A file is at the target, whole. */
  default void finished(String path, long bytes) {}

  /** A file will not get there. */
  default void failed(PathFailure failure) {}
}
