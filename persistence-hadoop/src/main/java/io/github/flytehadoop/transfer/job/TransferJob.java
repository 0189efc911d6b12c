/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.job;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.error.TransferSummary;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.OnUnsupported;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.ReceiptListener;
import io.github.flytehadoop.transfer.TransferEngine;
import io.github.flytehadoop.transfer.TransferPlan;
import io.github.flytehadoop.transfer.TransferReport;
import io.github.flytehadoop.transfer.plan.ContentComparison;
import io.github.flytehadoop.transfer.plan.RequestEstimate;
import io.github.flytehadoop.transfer.receipt.Manifest;
import io.github.flytehadoop.transfer.receipt.ReceiptAudit;
import io.github.flytehadoop.transfer.receipt.Receipts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one plan, checks that every item came back exactly once, and says what happened: a report
 * when all files arrived, an exception that carries it otherwise.
 */
final class TransferJob {
  private static final double MILLIS_PER_SECOND = 1000;
  private static final Logger LOG = LoggerFactory.getLogger(TransferJob.class);

  /** Makes the exception of the verb that was asked for. */
  interface Failing {
    TransferException because(
        FailureKind kind,
        String location,
        String message,
        @Nullable Throwable cause,
        @Nullable TransferSummary report);
  }

  private final TransferEngine engine;
  private final EngineContext context;
  private final Failing failing;
  private final long startNanos;
  private final Map<String, Long> requestsBefore;
  private final @Nullable Path manifest;
  private final Skipping skipping;

  /** What is done with what cannot be transferred, and what planning has left out of it. */
  private record Skipping(OnUnsupported policy, List<PathFailure> leftOut) {
    static final Skipping NOTHING = new Skipping(OnUnsupported.FAIL, List.of());

    /** Whether every failure is of a file that the target cannot hold, and may be left out. */
    boolean takes(ReceiptAudit outcome, List<PathFailure> failures) {
      return policy == OnUnsupported.SKIP
          && outcome.failed() <= outcome.failures().size()
          && failures.stream().allMatch(failure -> failure.kind() == FailureKind.UNSUPPORTED);
    }

    List<PathFailure> and(List<PathFailure> failures) {
      List<PathFailure> all = new ArrayList<>(leftOut);
      all.addAll(failures);
      return all;
    }
  }

  TransferJob(TransferEngine engine, EngineContext context, Failing failing) {
    this(
        engine,
        context,
        failing,
        System.nanoTime(),
        context.stores().requests(),
        null,
        Skipping.NOTHING);
  }

  private TransferJob(
      TransferEngine engine,
      EngineContext context,
      Failing failing,
      long startNanos,
      Map<String, Long> requestsBefore,
      @Nullable Path manifest,
      Skipping skipping) {
    this.engine = engine;
    this.context = context;
    this.failing = failing;
    this.startNanos = startNanos;
    this.requestsBefore = requestsBefore;
    this.manifest = manifest;
    this.skipping = skipping;
  }

  /** The same job, whose files somebody hears of, and a manifest tells when there is one. */
  TransferJob withListener(ReceiptListener listener, @Nullable Path told) {
    return new TransferJob(
        engine,
        context.withReceipts(listener),
        failing,
        startNanos,
        requestsBefore,
        told,
        skipping);
  }

  /** The same job after a plan that has left something out. */
  TransferJob leavingOut(OnUnsupported policy, List<PathFailure> leftOut) {
    return new TransferJob(
        engine,
        context,
        failing,
        startNanos,
        requestsBefore,
        manifest,
        new Skipping(policy, leftOut));
  }

  ContentComparison contents() {
    return new ContentComparison(context);
  }

  /** Hears what an earlier run of this name has left with the engine. */
  void recover(String jobId, List<String> roots, ReceiptListener listener) throws IOException {
    engine.recover(jobId, roots, context.withReceipts(listener));
  }

  /** Moves everything, then makes the directories that nothing made. */
  TransferReport run(TransferPlan plan, String uri, long skipped, List<String> notes)
      throws IOException {
    LOG.info("{}: {} files, {} bytes to {}", plan.jobId(), plan.items().size(), plan.bytes(), uri);
    context.progress().planned(plan.items().size(), plan.bytes());
    ReceiptAudit outcome = outcome(plan);
    List<PathFailure> failures = new ArrayList<>(outcome.failures());
    failures.addAll(makeDirectories(plan));
    List<String> all = new ArrayList<>(notes);
    all.addAll(outcome.notes());
    TransferReport report =
        new TransferReport(
            uri,
            outcome.files(),
            outcome.bytes(),
            skipped,
            skipping.and(failures),
            outcome.weakest(),
            engine.kind(),
            Duration.ofNanos(System.nanoTime() - startNanos),
            requestsSince(),
            plan.jobId(),
            all);
    LOG.info(
        "{}: {} files, {} bytes, {} failed, {} s",
        plan.jobId(),
        report.files(),
        report.bytes(),
        failures.size(),
        report.elapsed().toMillis() / MILLIS_PER_SECOND);
    if (!failures.isEmpty() && !skipping.takes(outcome, failures)) {
      throw failed(report, failures, outcome, plan.items().size());
    }
    return report;
  }

  private ReceiptAudit outcome(TransferPlan plan) throws IOException {
    if (manifest == null) {
      return outcome(plan, null);
    }
    try (Manifest begun = Manifest.begin(manifest)) {
      ReceiptAudit outcome = outcome(plan, begun);
      begun.commit();
      return outcome;
    }
  }

  private ReceiptAudit outcome(TransferPlan plan, @Nullable Manifest begun) throws IOException {
    try {
      Collection<Receipt> receipts = engine.run(plan, context);
      try {
        return ReceiptAudit.of(plan, receipts, begun);
      } finally {
        if (receipts instanceof Receipts ours) {
          ours.close();
        }
      }
    } catch (UncheckedIOException disk) {
      throw disk.getCause();
    }
  }

  private List<PathFailure> makeDirectories(TransferPlan plan) throws IOException {
    List<PathFailure> failures = new ArrayList<>();
    for (String directory : plan.emptyDirectories()) {
      Location at = Location.parse(directory);
      try {
        context.cancellation().check(directory);
        context.stores().of(at).makeDirectory(at, root(plan, at));
      } catch (TransferException failure) {
        failures.add(
            new PathFailure(directory, failure.kind(), String.valueOf(failure.getMessage())));
      }
    }
    return failures;
  }

  /** The target of the plan, which nothing leads out of; the directory itself when it is all. */
  private static Location root(TransferPlan plan, Location directory) {
    List<String> roots = plan.items().roots();
    String last = roots.isEmpty() ? directory.text() : roots.get(roots.size() - 1);
    boolean below = directory.text().startsWith(last.endsWith("/") ? last : last + "/");
    return below ? Location.parse(last) : directory;
  }

  /** The report of a job that did one thing more after its files had arrived. */
  TransferReport after(TransferReport report, String note) {
    List<String> notes = new ArrayList<>(report.notes());
    notes.add(note);
    return later(report, report.failures(), notes);
  }

  /** The failure of a job that could not do one thing more after its files had arrived. */
  TransferException failedAfter(TransferReport report, TransferException failure) {
    List<PathFailure> failures = new ArrayList<>(report.failures());
    String message = String.valueOf(failure.getMessage());
    failures.add(new PathFailure(failure.location(), failure.kind(), message));
    TransferReport told = later(report, failures, report.notes());
    return failing.because(failure.kind(), failure.location(), message, failure, told);
  }

  private TransferReport later(
      TransferReport report, List<PathFailure> failures, List<String> notes) {
    return new TransferReport(
        report.uri(),
        report.files(),
        report.bytes(),
        report.skipped(),
        failures,
        report.verification(),
        report.engine(),
        Duration.ofNanos(System.nanoTime() - startNanos),
        requestsSince(),
        report.jobId(),
        notes);
  }

  /** What planning has sent, and what the plan will. */
  Map<String, Long> expectedRequests(TransferPlan plan) throws IOException {
    Map<String, Long> all = requestsSince();
    RequestEstimate.of(plan, context).forEach((kind, count) -> all.merge(kind, count, Long::sum));
    return all;
  }

  private Map<String, Long> requestsSince() {
    Map<String, Long> since = new HashMap<>(context.stores().requests());
    requestsBefore.forEach((kind, count) -> since.merge(kind, -count, Long::sum));
    since.values().removeIf(count -> count <= 0);
    return since;
  }

  private TransferException failed(
      TransferReport report, List<PathFailure> failures, ReceiptAudit outcome, long planned) {
    PathFailure first = mostTelling(failures);
    TransferException cause = outcome.causeOf(first);
    String message =
        planned == 1
            ? first.message()
            : Math.max(outcome.failed(), failures.size())
                + " of "
                + planned
                + " files did not get to "
                + Printable.of(report.uri())
                + ". The first: "
                + first.message();
    String location = cause == null ? first.path() : cause.location();
    return failing.because(first.kind(), location, message, cause, report);
  }

  /** The first, unless the caller cancelled: then that is why the rest is missing. */
  private PathFailure mostTelling(List<PathFailure> failures) {
    return failures.stream()
        .filter(failure -> failure.kind() == FailureKind.INTERRUPTED)
        .filter(failure -> context.cancellation().isCancelled())
        .findFirst()
        .orElse(failures.get(0));
  }
}
