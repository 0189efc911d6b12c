/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.resume;

import io.github.flytehadoop.concurrent.Uninterruptibles;
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
 * their way out. Temporary files have the tag of their run in their names. Uploads have nothing of
 * the kind: they are a run's when they are for its files and were begun since the run was, both by
 * the clock of the store.
 */
public final class LeftoverCleanup {
  private static final Logger LOG = LoggerFactory.getLogger(LeftoverCleanup.class);

  private final TransferPlan plan;
  private final Store store;
  private final @Nullable Instant begun;

  /**
   * Those of one run.
   *
   * @param begun no older upload is one of them, by the store's clock; null when none is
   */
  LeftoverCleanup(TransferPlan plan, Store store, @Nullable Instant begun) {
    this.plan = plan;
    this.store = store;
    this.begun = begun;
  }

  /**
   * For engines that have lost an attempt: removes what it left, when nothing else of the plan runs
   * any longer. What cannot be removed is logged, for the files that arrived have arrived.
   *
   * @param begunNanos when the run began, as {@link System#nanoTime} says it: what an attempt of
   *     this run began, it began since then by the clock of its store
   */
  public static void ofLostAttempts(TransferPlan plan, EngineContext context, long begunNanos) {
    Uninterruptibles.run(
        () -> {
          try {
            for (Location target : targets(plan)) {
              removeFrom(plan, context.stores().of(target), target, begunNanos);
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
      plan.items().forEach(item -> targets.add(item.targetLocation()));
    }
    return targets;
  }

  private static void removeFrom(TransferPlan plan, Store store, Location target, long begunNanos)
      throws IOException {
    boolean file =
        plan.items().stream().limit(2).anyMatch(item -> item.target().equals(target.text()));
    Attributes.Kind kind = file ? Attributes.Kind.FILE : Attributes.Kind.DIRECTORY;
    List<Leftover> found = store.leftovers(target, kind, plan.tag());
    Instant begun = null;
    if (found.stream().anyMatch(leftover -> leftover.uploadId() != null)) {
      String text = target.text();
      String above = text.substring(0, text.length() - target.name().length());
      Instant now = StoreClock.now(store, file ? Location.parse(above) : target);
      // stores keep whole seconds
      begun = now.minusNanos(System.nanoTime() - begunNanos).truncatedTo(ChronoUnit.SECONDS);
    }
    long removed = new LeftoverCleanup(plan, store, begun).remove(found);
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
