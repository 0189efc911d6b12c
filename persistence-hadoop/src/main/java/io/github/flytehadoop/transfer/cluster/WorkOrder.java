/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.cluster;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.StoresHandle;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.Preserve;
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
 * @param metadata user metadata for every file
 * @param onExisting how a worker publishes
 * @param preserve what is kept of a file besides its bytes
 * @param limits of each worker
 * @param stores where the files are and go
 */
public record WorkOrder(
    String jobId,
    List<String> roots,
    TreeMap<String, String> metadata,
    OnExisting onExisting,
    List<Preserve> preserve,
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
        new TreeMap<>(plan.metadata()),
        plan.onExisting(),
        List.copyOf(plan.preserve()),
        context.limits(),
        context.stores().ship(locations));
  }

  private static Location shared(String path) throws CopyException {
    Location at = Location.parse(path);
    if (at.isLocal()) {
      throw Problem.cannot("copy", path)
          .also("on a cluster")
          .because("it is on this machine alone")
          .remedy("Use Engine.LOCAL (--engine local).")
          .as(CopyException::new);
    }
    return at;
  }

  private static void add(Location at, Set<String> roots, Set<Location> locations) {
    if (roots.add(at.root())) {
      locations.add(at);
    }
  }

  TransferPlan planFor(List<TransferItem> items) {
    TransferItems rooted = TransferItems.of(items).rootedAt(roots);
    return new TransferPlan(
        jobId, rooted, List.of(), Map.copyOf(metadata), onExisting, Set.copyOf(preserve));
  }
}
