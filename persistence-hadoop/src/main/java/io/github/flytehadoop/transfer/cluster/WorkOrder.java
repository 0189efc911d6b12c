/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.cluster;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.StoresHandle;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.TransferItems;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferPlan;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What every worker of a distributed job needs besides its files. Travels in closures and job
 * credentials, because it holds the stores' secrets; shows none.
 *
 * @param jobId names the run
 * @param roots where the files of the whole plan are and go
 * @param startedMillis when the driver began, since 1970
 * @param metadata user metadata for every file
 * @param onExisting how a worker publishes
 * @param limits of each worker
 * @param stores where the files are and go
 */
public record WorkOrder(
    String jobId,
    List<String> roots,
    long startedMillis,
    TreeMap<String, String> metadata,
    OnExisting onExisting,
    TransferLimits limits,
    StoresHandle stores)
    implements Serializable {
  /**
   * The order of a plan.
   *
   * @throws CopyException of kind {@code UNSUPPORTED} for a local path: workers run elsewhere
   */
  public static WorkOrder of(TransferPlan plan, EngineContext context) throws CopyException {
    Set<String> roots = new LinkedHashSet<>();
    Set<Location> locations = new LinkedHashSet<>();
    for (String root : plan.items().roots()) {
      add(shared(root), roots, locations);
    }
    return new WorkOrder(
        plan.jobId(),
        List.copyOf(plan.items().roots()),
        System.currentTimeMillis(),
        new TreeMap<>(plan.metadata()),
        plan.onExisting(),
        context.limits(),
        context.stores().ship(locations));
  }

  private static Location shared(String path) throws CopyException {
    Location at = Location.parse(path);
    if (at.isLocal()) {
      throw new CopyException(
          FailureKind.UNSUPPORTED,
          path,
          "Cannot copy "
              + Printable.of(path)
              + " on a cluster: it is on this machine alone. Use Engine.LOCAL (--engine local).",
          null);
    }
    return at;
  }

  private static void add(Location at, Set<String> roots, Set<Location> locations) {
    if (roots.add(at.scheme() + "://" + at.authority())) {
      locations.add(at);
    }
  }

  TransferPlan planFor(List<TransferItem> items) {
    TransferItems rooted = TransferItems.of(items).rootedAt(roots);
    return new TransferPlan(jobId, rooted, List.of(), Map.copyOf(metadata), onExisting);
  }
}
