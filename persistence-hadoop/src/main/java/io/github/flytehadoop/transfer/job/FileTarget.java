/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.job;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.plan.TransferPlanner;
import java.io.IOException;

/** Decides where one file goes that is put or copied. */
final class FileTarget {
  private final EngineContext context;
  private final TransferPlanner planner;

  FileTarget(EngineContext context, TransferPlanner planner) {
    this.context = context;
    this.planner = planner;
  }

  /**
   * Gives the location as it is, or one in it when it ends with a separator or is a directory that
   * exists by itself. The report names the result, not the request (fixes W-26).
   */
  Location of(Location source, Location to) throws IOException {
    if (to.endsWithSeparator()) {
      return in(source, to);
    }
    if (context.stores().of(to).traits().tree() == StoreTraits.Tree.DIRECTORIES) {
      Attributes existing = planner.statOrNull(to);
      return existing != null && existing.isDirectory() ? in(source, to) : to;
    }
    return to;
  }

  static Location in(Location source, Location directory) {
    return directory.child(new RelativePath(source.name()));
  }
}
