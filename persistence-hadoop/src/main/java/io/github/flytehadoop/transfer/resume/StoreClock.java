/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.resume;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.WriteOptions;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the clock of a store says. Times that a store tells mean something beside each other alone:
 * the clock of this machine may be another (F73).
 */
final class StoreClock {
  private static final Logger LOG = LoggerFactory.getLogger(StoreClock.class);

  private StoreClock() {}

  /** The time of a new file in a directory, which goes at once. */
  static Instant now(Store store, Location directory) throws IOException {
    RelativePath probe = new RelativePath(ReservedNames.newProbeName());
    Location at = directory.child(probe);
    try (ObjectWrite out = store.write(at, WriteOptions.ofLength(0))) {
      out.commit();
    }
    Instant now = store.stat(at).modified();
    try {
      store.deleteFiles(directory, List.of(probe).iterator());
    } catch (TransferException denied) {
      LOG.warn("{} stays, empty, and in no listing of ours: {}", at, denied.getMessage());
    }
    return now;
  }
}
