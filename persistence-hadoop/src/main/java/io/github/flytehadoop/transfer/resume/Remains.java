/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.resume;

import io.github.flytehadoop.concurrent.Uninterrupted;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Leftover;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.TransferPlan;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Temporary files and uploads that somebody who was killed has left at the target of a plan, on
 * their way out.
 */
public final class Remains {
  private static final Logger LOG = LoggerFactory.getLogger(Remains.class);

  private final TransferPlan plan;
  private final Store store;
  private final @Nullable Instant begun;

  /**
   * Those of one run.
   *
   * @param begun no older upload is one of them; null when none is
   */
  Remains(TransferPlan plan, Store store, @Nullable Instant begun) {
    this.plan = plan;
    this.store = store;
    this.begun = begun;
  }

  /**
   * For engines that have lost an attempt: removes what it left, when nothing else of the plan runs
   * any longer. What cannot be removed is logged, for the files that arrived have arrived.
   *
   * @param begun when the run began
   */
  public static void ofLostAttempts(TransferPlan plan, EngineContext context, Instant begun) {
    Uninterrupted.run(
        () -> {
          try {
            for (Location target : targets(plan)) {
              Store store = context.stores().of(target);
              // stores keep whole seconds
              new Remains(plan, store, begun.truncatedTo(ChronoUnit.SECONDS)).removeFrom(target);
            }
          } catch (IOException | RuntimeException failure) {
            LOG.warn("{}: lost attempts may have left something", plan.jobId(), failure);
          }
        });
  }

  /** One directory, or files. */
  private static List<Location> targets(TransferPlan plan) {
    List<String> roots = plan.items().roots();
    List<Location> targets = new ArrayList<>();
    if (roots.size() == 2) {
      targets.add(Location.parse(roots.get(1)));
    } else {
      plan.items().forEach(item -> targets.add(Location.parse(item.target())));
    }
    return targets;
  }

  private void removeFrom(Location target) throws IOException {
    boolean file =
        plan.items().stream().limit(2).anyMatch(item -> item.target().equals(target.text()));
    Attributes.Kind kind = file ? Attributes.Kind.FILE : Attributes.Kind.DIRECTORY;
    long removed = remove(store.leftovers(target, kind, plan.tag()));
    LOG.info("{}: removed {} leftovers of attempts that were lost", plan.jobId(), removed);
  }

  /** Removes what is ours of what was found; returns how much it was. */
  long remove(List<Leftover> found) throws IOException {
    Map<String, List<Leftover>> uploads = new HashMap<>();
    long removed = 0;
    for (Leftover leftover : found) {
      if (leftover.uploadId() == null) {
        store.discard(leftover);
        removed++;
      } else if (begun != null && !leftover.since().isBefore(begun)) {
        uploads.computeIfAbsent(leftover.at(), any -> new ArrayList<>()).add(leftover);
      }
    }
    return removed + abort(uploads);
  }

  /** Of the uploads below the target only those of files that the plan has. */
  private long abort(Map<String, List<Leftover>> uploads) throws IOException {
    long aborted = 0;
    if (uploads.isEmpty()) {
      return aborted;
    }
    for (TransferItem item : plan.items()) {
      for (Leftover upload : uploads.getOrDefault(item.target(), List.of())) {
        store.discard(upload);
        aborted++;
      }
    }
    return aborted;
  }
}
