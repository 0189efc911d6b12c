/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.RequestKind;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What others do during one verb, and what breaks. */
final class Disturbance {
  private static final double PERCENT = 100.0;

  private final Ends ends;
  private final Call call;
  private final History source;
  private final History target;
  private @Nullable FaultPlan plan;
  private int cancelled;
  private int count;

  Disturbance(Ends ends, Call call, History source, History target) {
    this.ends = ends;
    this.call = call;
    this.source = source;
    this.target = target;
  }

  void arm(List<Step> arms) {
    Interleaving.now().reset();
    if (ends.uses("s3")) {
      Servers.s3().faults(FaultPlan.none());
      Servers.s3().onRequest((kind, ordinal) -> Servers.stepOfRequest(Servers.kindOf(kind)));
    }
    if (ends.uses("web")) {
      Servers.web().onRequest(() -> Servers.stepOfRequest("read"));
    }
    arms.forEach(this::arm);
  }

  private void arm(Step step) {
    Interleaving.Moment at = Interleaving.Moment.of(step);
    switch (step.verb()) {
      case "break" -> Interleaving.now().breaks(at, step.number("steps", 1));
      case "cancel" -> Interleaving.now().at(at, this::cancel);
      case "faults" -> s3(step);
      default -> Interleaving.now().at(at, () -> act(step));
    }
  }

  private void act(Step step) throws IOException {
    Foreigner.act(ends, step, step.get("side").equals("source") ? source : target);
  }

  private void cancel() {
    cancelled = 1;
    call.cancel();
  }

  private void s3(Step step) {
    if (!ends.uses("s3")) {
      return;
    }
    double rate = step.number("rate", 10) / PERCENT;
    long seed = step.number("at", 1);
    var kinds = EnumSet.allOf(RequestKind.class);
    plan =
        step.get("kind", "transient").equals("lost")
            ? FaultPlan.seeded(seed, rate, kinds, List.of(Fault.loseReply()))
            : FaultPlan.seeded(seed, rate, kinds);
    Servers.s3().faults(plan);
  }

  /** Nothing happens any more; what has happened is counted. */
  void end() {
    if (ends.uses("s3")) {
      Servers.s3().faults(FaultPlan.none());
      Servers.s3().onRequest((kind, ordinal) -> {});
    }
    if (ends.uses("web")) {
      Servers.web().onRequest(() -> {});
    }
    count = Interleaving.now().broken() + cancelled + (plan == null ? 0 : plan.fired());
    Interleaving.now().reset();
  }

  int count() {
    return count;
  }
}
