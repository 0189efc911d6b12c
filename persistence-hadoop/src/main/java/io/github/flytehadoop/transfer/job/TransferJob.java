/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.job;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.error.TransferSummary;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.ReceiptListener;
import io.github.flytehadoop.transfer.TransferEngine;
import io.github.flytehadoop.transfer.TransferPlan;
import io.github.flytehadoop.transfer.TransferReport;
import io.github.flytehadoop.transfer.plan.Contents;
import io.github.flytehadoop.transfer.plan.ExpectedRequests;
import io.github.flytehadoop.transfer.receipt.Manifest;
import io.github.flytehadoop.transfer.receipt.Outcome;
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

  TransferJob(TransferEngine engine, EngineContext context, Failing failing) {
    this(engine, context, failing, System.nanoTime(), context.stores().requests(), null);
  }

  private TransferJob(
      TransferEngine engine,
      EngineContext context,
      Failing failing,
      long startNanos,
      Map<String, Long> requestsBefore,
      @Nullable Path manifest) {
    this.engine = engine;
    this.context = context;
    this.failing = failing;
    this.startNanos = startNanos;
    this.requestsBefore = requestsBefore;
    this.manifest = manifest;
  }

  /** The same job, whose files somebody hears of, and a manifest tells when there is one. */
  TransferJob heardBy(ReceiptListener listener, @Nullable Path told) {
    return new TransferJob(
        engine, context.withReceipts(listener), failing, startNanos, requestsBefore, told);
  }

  Contents contents() {
    return new Contents(context);
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
    Outcome outcome = outcome(plan);
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
            failures,
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
    if (!failures.isEmpty()) {
      throw failed(report, outcome, plan.items().size());
    }
    return report;
  }

  private Outcome outcome(TransferPlan plan) throws IOException {
    if (manifest == null) {
      return outcome(plan, null);
    }
    try (Manifest begun = Manifest.begin(manifest)) {
      Outcome outcome = outcome(plan, begun);
      begun.commit();
      return outcome;
    }
  }

  private Outcome outcome(TransferPlan plan, @Nullable Manifest begun) throws IOException {
    try {
      Collection<Receipt> receipts = engine.run(plan, context);
      try {
        return Outcome.of(plan, receipts, begun);
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
        context.stores().of(at).makeDirectory(at);
      } catch (TransferException failure) {
        failures.add(
            new PathFailure(directory, failure.kind(), String.valueOf(failure.getMessage())));
      }
    }
    return failures;
  }

  /** The report of a job that did one thing more after its files had arrived. */
  TransferReport after(TransferReport report, String note) {
    List<String> notes = new ArrayList<>(report.notes());
    notes.add(note);
    return new TransferReport(
        report.uri(),
        report.files(),
        report.bytes(),
        report.skipped(),
        report.failures(),
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
    ExpectedRequests.of(plan, context).forEach((kind, count) -> all.merge(kind, count, Long::sum));
    return all;
  }

  private Map<String, Long> requestsSince() {
    Map<String, Long> since = new HashMap<>(context.stores().requests());
    requestsBefore.forEach((kind, count) -> since.merge(kind, -count, Long::sum));
    since.values().removeIf(count -> count <= 0);
    return since;
  }

  private TransferException failed(TransferReport report, Outcome outcome, long planned) {
    PathFailure first = mostTelling(report.failures());
    TransferException cause = outcome.causeOf(first);
    String message =
        planned == 1
            ? first.message()
            : Math.max(outcome.failed(), report.failures().size())
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
