/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.error.TransferException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the receipts of an engine say about a plan, each item counted once: an item that one of
 * several attempts moved is moved, and one without a receipt is missing.
 */
record Outcome(
    long files,
    long bytes,
    Verification weakest,
    List<PathFailure> failures,
    List<String> notes,
    Collection<Receipt> receipts) {

  static Outcome of(TransferPlan plan, Collection<Receipt> receipts) {
    Map<Long, Receipt> best = new TreeMap<>();
    receipts.forEach(receipt -> best.merge(receipt.id(), receipt, (a, b) -> a.succeeded() ? a : b));
    List<PathFailure> failures = new ArrayList<>();
    List<TransferItem> untried = new ArrayList<>();
    Verification weakest = Verification.CHECKSUM;
    long files = 0;
    long bytes = 0;
    long repeated = 0;
    for (TransferItem item : plan.items()) {
      Receipt receipt = best.get(item.id());
      if (receipt == null) {
        untried.add(item);
        continue;
      }
      repeated += receipt.attempts() > 1 ? 1 : 0;
      if (receipt.failure() != null) {
        failures.add(receipt.failure());
        continue;
      }
      files++;
      bytes += receipt.bytes();
      weakest = receipt.verification() == Verification.LENGTH ? Verification.LENGTH : weakest;
    }
    addUntried(untried, failures);
    List<String> notes =
        repeated == 0 ? List.of() : List.of(repeated + " files took more than one try.");
    return new Outcome(
        files, bytes, files == 0 ? Verification.LENGTH : weakest, failures, notes, receipts);
  }

  private static void addUntried(List<TransferItem> untried, List<PathFailure> failures) {
    FailureKind kind = failures.isEmpty() ? FailureKind.INTERRUPTED : failures.get(0).kind();
    for (TransferItem item : untried) {
      failures.add(
          new PathFailure(
              item.source(), kind, "It was not tried, because the transfer stopped before it."));
    }
  }

  /** The exception behind a failure, where it was thrown in this JVM. */
  @Nullable TransferException causeOf(PathFailure failure) {
    return receipts.stream()
        .filter(receipt -> failure.equals(receipt.failure()))
        .findFirst()
        .map(Receipt::cause)
        .orElse(null);
  }
}
