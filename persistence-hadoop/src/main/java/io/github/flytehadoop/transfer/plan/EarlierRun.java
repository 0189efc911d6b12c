/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.store.Listed;

/** Tells which files an earlier run of the same job has published. */
public interface EarlierRun {
  /** A run before which there was none. */
  EarlierRun NONE =
      new EarlierRun() {
        @Override
        public boolean has(Listed source, Listed there) {
          return false;
        }

        @Override
        public boolean mayHaveLeft(Listed source, Listed there) {
          return false;
        }
      };

  /** Whether the run has published this version of the source; asked in the order of paths. */
  boolean has(Listed source, Listed there);

  /** Whether the run has at least begun to publish it, so that only the bytes tell. */
  boolean mayHaveLeft(Listed source, Listed there);
}
