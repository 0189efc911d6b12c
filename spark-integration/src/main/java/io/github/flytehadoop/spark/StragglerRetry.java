/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The end of a run, when executors are free and some bins are still on their way: those that take
 * much longer than others of their cost have a worker that is slow, or hangs, and begin anew
 * elsewhere. This is done without {@code spark.speculation}, which belongs to the application
 * (F52).
 */
final class StragglerRetry {
  private static final int MOST_ATTEMPTS = 3;

  private final TaskEvents events;
  private final BinDurations pace = new BinDurations();
  private final List<BinJob> repeated = new ArrayList<>();

  StragglerRetry(TaskEvents events) {
    this.events = events;
  }

  /** The task of a bin has ended, and counts. */
  void settled(BinJob job, int index, Bin bin) {
    OptionalLong start = events.startOf(job.number(), index);
    if (start.isPresent()) {
      pace.moved(bin.cost(), System.nanoTime() - start.getAsLong());
    }
  }

  /** Bins that are late; none as long as what is open keeps all workers busy. */
  List<Bin> find(Collection<BinJob> jobs, int workers) {
    Map<Bin, Long> latest = new HashMap<>();
    Set<Bin> waiting = new HashSet<>();
    List<BinJob> all = new ArrayList<>(jobs);
    all.addAll(repeated);
    for (BinJob job : all) {
      job.forEachOpen(
          (index, bin) -> {
            OptionalLong start = events.startOf(job.number(), index);
            start.ifPresent(nanos -> latest.merge(bin, nanos, Math::max));
            if (start.isEmpty()) {
              waiting.add(bin);
            }
          });
    }
    if (!waiting.isEmpty() || latest.size() >= workers) {
      return List.of();
    }
    long now = System.nanoTime();
    return latest.entrySet().stream()
        .filter(open -> open.getKey().attempts() < MOST_ATTEMPTS)
        .filter(open -> pace.isLate(open.getKey().cost(), now - open.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A job in which late bins begin anew. */
  void again(BinJob job) {
    repeated.add(job);
    events.overtaken();
  }

  /** Takes what came of bins that began anew. */
  void take(BinJob.Listener listener) {
    for (Iterator<BinJob> jobs = repeated.iterator(); jobs.hasNext(); ) {
      BinJob job = jobs.next();
      boolean over = job.isOver();
      job.takeArrived(listener);
      if (over || job.isSettled()) {
        job.cancel();
        job.forEachOpen((index, bin) -> listener.ended(job, index, bin, List.of()));
        jobs.remove();
        events.forget(job.number());
      }
    }
  }

  /** A job is over. */
  void forget(BinJob job) {
    events.forget(job.number());
  }

  void cancel() {
    repeated.forEach(BinJob::cancel);
  }
}
