/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.error.TransferSummary;
import io.github.flytehadoop.location.Location;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one plan, checks that every item came back exactly once, and says what happened: a report
 * when all files arrived, an exception that carries it otherwise.
 */
final class TransferJob {
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
  private final long startNanos = System.nanoTime();
  private final Map<String, Long> requestsBefore;

  TransferJob(TransferEngine engine, EngineContext context, Failing failing) {
    this.engine = engine;
    this.context = context;
    this.failing = failing;
    this.requestsBefore = context.stores().requests();
  }

  /** Moves everything, then makes the directories that nothing made. */
  TransferReport run(TransferPlan plan, String uri, long skipped, List<String> notes)
      throws IOException {
    LOG.info("{}: {} files, {} bytes to {}", plan.jobId(), plan.items().size(), plan.bytes(), uri);
    context.progress().planned(plan.items().size(), plan.bytes());
    Collection<Receipt> receipts = engine.run(plan, context);
    for (String directory : plan.emptyDirectories()) {
      Location at = Location.parse(directory);
      context.stores().of(at).makeDirectory(at);
    }
    TransferReport report = report(plan, uri, receipts, skipped, notes);
    LOG.info(
        "{}: {} files, {} bytes, {} failed, {} s",
        plan.jobId(),
        report.files(),
        report.bytes(),
        report.failures().size(),
        report.elapsed().toMillis() / 1000.0);
    if (!report.failures().isEmpty()) {
      throw failed(report, receipts, plan.items().size());
    }
    return report;
  }

  private TransferReport report(
      TransferPlan plan,
      String uri,
      Collection<Receipt> receipts,
      long skipped,
      List<String> notes) {
    List<PathFailure> failures = new ArrayList<>();
    Verification weakest = Verification.CHECKSUM;
    long files = 0;
    long bytes = 0;
    Set<Long> seen = new HashSet<>();
    for (Receipt receipt : receipts) {
      if (!seen.add(receipt.id())) {
        continue;
      }
      if (receipt.failure() != null) {
        failures.add(receipt.failure());
      } else {
        files++;
        bytes += receipt.bytes();
        weakest = receipt.verification() == Verification.LENGTH ? Verification.LENGTH : weakest;
      }
    }
    addUntried(plan, seen, failures);
    return new TransferReport(
        uri,
        files,
        bytes,
        skipped,
        failures,
        files == 0 ? Verification.LENGTH : weakest,
        engine.kind(),
        Duration.ofNanos(System.nanoTime() - startNanos),
        requestsSince(),
        plan.jobId(),
        notes);
  }

  private static void addUntried(TransferPlan plan, Set<Long> seen, List<PathFailure> failures) {
    for (TransferItem item : plan.items()) {
      if (!seen.contains(item.id())) {
        failures.add(
            new PathFailure(
                item.source(),
                failures.isEmpty() ? FailureKind.INTERRUPTED : failures.get(0).kind(),
                "It was not tried, because the transfer stopped before it."));
      }
    }
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

  private Map<String, Long> requestsSince() {
    Map<String, Long> since = new HashMap<>(context.stores().requests());
    requestsBefore.forEach((kind, count) -> since.merge(kind, -count, Long::sum));
    since.values().removeIf(count -> count <= 0);
    return since;
  }

  private TransferException failed(
      TransferReport report, Collection<Receipt> receipts, int planned) {
    PathFailure first = report.failures().get(0);
    TransferException cause =
        receipts.stream()
            .filter(receipt -> first.equals(receipt.failure()))
            .findFirst()
            .map(Receipt::cause)
            .orElse(null);
    String message =
        planned == 1
            ? first.message()
            : report.failures().size()
                + " of "
                + planned
                + " files did not get to "
                + report.uri()
                + ". The first: "
                + first.message();
    String location = cause == null ? first.path() : cause.location();
    return failing.because(first.kind(), location, message, cause, report);
  }
}
