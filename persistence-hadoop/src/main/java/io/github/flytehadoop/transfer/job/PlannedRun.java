/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.job;

import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.TransferItems;
import io.github.flytehadoop.transfer.TransferPlan;
import io.github.flytehadoop.transfer.TransferReport;
import io.github.flytehadoop.transfer.Verification;
import io.github.flytehadoop.transfer.plan.ContentComparison;
import io.github.flytehadoop.transfer.plan.EmptyDirectories;
import io.github.flytehadoop.transfer.plan.Roots;
import io.github.flytehadoop.transfer.plan.Skipping;
import io.github.flytehadoop.transfer.resume.ResumableRun;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is done with the plan of a copy: it is carried out, or only told. */
final class PlannedRun {
  /** What a comparison found besides files to copy. */
  record Compared(long skipped, List<String> notes, List<PathFailure> leftOut) {
    Compared(long skipped, List<String> notes) {
      this(skipped, notes, List.of());
    }
  }

  /** What comes after all files have arrived. */
  interface Last {
    /** Nothing. */
    Last NOTHING = (report, job) -> report;

    TransferReport then(TransferReport report, TransferJob job) throws IOException;
  }

  private final CopyOptions options;
  private final Map<String, String> metadata;
  private final Engine engine;
  private final TransferJob job;

  PlannedRun(CopyOptions options, Map<String, String> metadata, Engine engine, TransferJob job) {
    this.options = options;
    this.metadata = metadata;
    this.engine = engine;
    this.job = job;
  }

  TransferPlan plan(TransferItems items, EmptyDirectories empty) {
    String id = options.jobId();
    return new TransferPlan(
        id == null ? JobNames.next() : id,
        items,
        empty.toMake(),
        metadata,
        options.onExisting(),
        options.preserve());
  }

  /** Which files are left as they are. */
  Skipping skipping() {
    return new Skipping(job.contents(), options.compareBy());
  }

  /** What an earlier run of this name has left with the engine is known as its journal is. */
  void recover(ResumableRun named, Roots roots) throws IOException {
    String id = options.jobId();
    if (id != null && named.resumes()) {
      List<String> places = List.of(roots.source().text(), roots.target().text());
      named.recover(listener -> job.recover(id, places, listener));
    }
  }

  ContentComparison contents() {
    return job.contents();
  }

  TransferReport run(
      TransferPlan plan, Location to, Compared compared, ResumableRun named, Last last)
      throws IOException {
    if (options.mode() == CopyOptions.Mode.DRY_RUN) {
      return rehearsal(plan, to, compared);
    }
    named.begin(plan);
    List<String> notes = new ArrayList<>(compared.notes());
    notes.addAll(named.notes());
    try {
      TransferJob heard =
          job.withListener(named.listener(), options.manifest())
              .leavingOut(options.onUnsupported(), compared.leftOut());
      TransferReport report = heard.run(plan, to.text(), compared.skipped(), notes);
      return ended(report, heard, named, last);
    } finally {
      named.stop();
    }
  }

  /** Whatever fails now, the files have arrived: the failure says so. */
  private static TransferReport ended(
      TransferReport report, TransferJob heard, ResumableRun named, Last last) throws IOException {
    TransferReport done = report;
    try {
      done = last.then(report, heard);
      for (String note : named.end()) {
        done = heard.after(done, note);
      }
      return done;
    } catch (TransferException failure) {
      throw heard.failedAfter(done, failure);
    }
  }

  private TransferReport rehearsal(TransferPlan plan, Location to, Compared compared)
      throws IOException {
    List<String> all = new ArrayList<>(compared.notes());
    all.add("A dry run: this is what would be copied, nothing was.");
    return new TransferReport(
        to.text(),
        plan.items().size(),
        plan.bytes(),
        compared.skipped(),
        compared.leftOut(),
        Verification.LENGTH,
        engine,
        Duration.ZERO,
        job.expectedRequests(plan),
        plan.jobId(),
        all);
  }
}
