/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.location.RelativePath;
import java.io.IOException;

/** Tells which files an earlier run of the same job has published. */
public interface EarlierRun {
  /** A run before which there was none. */
  EarlierRun NONE =
      new EarlierRun() {
        @Override
        public boolean has(
            RelativePath path, ContentComparison.Side source, ContentComparison.Side there) {
          return false;
        }

        @Override
        public boolean mayHaveLeft(ContentComparison.Side source, ContentComparison.Side there) {
          return false;
        }
      };

  /**
   * Whether what is there is what the run has published of this version of the source; asked in the
   * order of paths.
   */
  boolean has(RelativePath path, ContentComparison.Side source, ContentComparison.Side there)
      throws IOException;

  /** Whether the run has at least begun to publish it, so that only the bytes tell. */
  boolean mayHaveLeft(ContentComparison.Side source, ContentComparison.Side there);
}
