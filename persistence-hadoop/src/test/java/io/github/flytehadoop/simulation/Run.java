/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import io.github.flytehadoop.testkit.s3.FaultPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Carries a program out, and looks at everything after each verb. */
final class Run implements AutoCloseable {
  private final Program program;
  private final Ends ends;
  private final List<Step> arms = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final List<Invariant> invariants =
      List.of(
          new DataInvariant(),
          new ReportInvariant(),
          new ExitInvariant(),
          new SuccessInvariant(),
          new CheckInvariant(),
          new LeftoverInvariant());

  Run(Program program) throws IOException {
    this.program = program;
    this.ends = new Ends(program.stores());
  }

  /**
   * Runs it.
   *
   * @throws Violation for the first promise that is not kept
   */
  static List<String> of(Program program) throws IOException {
    try (Run run = new Run(program)) {
      run.run();
      return run.log;
    }
  }

  private void run() throws IOException {
    Servers.listen();
    for (String side : List.of("source", "target")) {
      ends.disk(side).write("outside/theirs", Contents.of(10, side.length()));
    }
    for (Step step : program.steps().subList(1, program.steps().size())) {
      if (step.is("put", "get", "copy", "check")) {
        verb(step);
      } else if (step.has("at")) {
        arms.add(step);
      } else {
        Foreigner.prepare(ends, step);
      }
    }
  }

  private void verb(Step step) throws IOException {
    History source = new History(ends.disk("source").files());
    History target = ends.isOneDisk() ? source : new History(ends.disk("target").files());
    Call call = new Call(ends, new Asked(step));
    Disturbance disturbance = new Disturbance(ends, call, source, target);
    Outcome outcome;
    try {
      disturbance.arm(arms);
      outcome = call.run();
    } finally {
      disturbance.end();
      arms.clear();
    }
    SortedMap<String, String> after = ends.disk("source").files();
    Course course =
        new Course(
            new Asked(step),
            ends,
            source,
            target,
            after,
            ends.isOneDisk() ? after : ends.disk("target").files(),
            outcome,
            disturbance.count());
    log.add(step + "\n  -> " + outcome);
    try {
      invariants.forEach(invariant -> invariant.check(course));
    } catch (Violation violation) {
      violation.addSuppressed(
          new IllegalStateException("in " + step + ", which ended with\n" + outcome.text()));
      throw violation;
    }
  }

  @Override
  public void close() throws IOException {
    Servers.heal();
    Interleaving.now().reset();
    if (ends.uses("s3")) {
      Servers.s3().faults(FaultPlan.none());
    }
    ends.close();
  }
}
