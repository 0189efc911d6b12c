/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.receipt;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.Route;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.TransferPlan;
import io.github.flytehadoop.transfer.Verification;
import io.github.flytehadoop.transfer.spill.ExternalSorter;
import io.github.flytehadoop.transfer.spill.SpillFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the receipts of an engine say about a plan, each item counted once: an item that one of
 * several attempts moved is moved, and one without a receipt is missing. Receipts are sorted by
 * item and read beside the plan, so that memory stays bounded.
 */
public final class ReceiptAudit {
  /** Of more failures only the number is told. */
  static final int FAILURES_LISTED = 10_000;

  private final List<PathFailure> failures = new ArrayList<>();
  private @Nullable Receipt firstFailed;
  private @Nullable Receipt ahead;
  private Verification weakest = Verification.CHECKSUM;
  private long files;
  private long bytes;
  private long repeated;
  private long failed;
  private long untried;
  private long byStore;
  private long shared;
  private final Set<String> workers = new HashSet<>();

  private ReceiptAudit() {}

  /** Audits receipts against the plan. */
  public static ReceiptAudit of(TransferPlan plan, Collection<Receipt> receipts)
      throws IOException {
    return of(plan, receipts, null);
  }

  /** The same, and every file that was moved in the manifest, once. */
  public static ReceiptAudit of(
      TransferPlan plan, Collection<Receipt> receipts, @Nullable Manifest manifest)
      throws IOException {
    try (SpillFile space = new SpillFile()) {
      ExternalSorter<Receipt> sorter =
          new ExternalSorter<>(Comparator.comparingLong(Receipt::id), new ReceiptCodec(), space);
      for (Receipt receipt : receipts) {
        sorter.add(receipt);
      }
      ReceiptAudit outcome = new ReceiptAudit();
      outcome.join(plan, sorter.sorted(), manifest);
      outcome.findCause(receipts);
      return outcome;
    }
  }

  private void join(TransferPlan plan, Iterator<Receipt> sorted, @Nullable Manifest manifest) {
    ahead = sorted.hasNext() ? sorted.next() : null;
    List<TransferItem> missing = new ArrayList<>();
    for (TransferItem item : plan.items()) {
      Receipt best = best(item.id(), sorted);
      if (best != null) {
        count(best);
        if (manifest != null && best.succeeded()) {
          manifest.add(item, best);
        }
      } else {
        untried++;
        if (missing.size() < FAILURES_LISTED) {
          missing.add(item);
        }
      }
    }
    addUntried(missing);
  }

  /** Of the receipts of an item one that succeeded, if any did. */
  private @Nullable Receipt best(long id, Iterator<Receipt> sorted) {
    Receipt best = null;
    Receipt next = ahead;
    while (next != null && next.id() <= id) {
      if (next.id() == id && (best == null || !best.succeeded())) {
        best = next;
      }
      next = sorted.hasNext() ? sorted.next() : null;
    }
    ahead = next;
    return best;
  }

  private void count(Receipt receipt) {
    repeated += receipt.attempts() > 1 ? 1 : 0;
    PathFailure failure = receipt.failure();
    if (failure != null) {
      failed++;
      firstFailed = firstFailed == null ? receipt : firstFailed;
      list(failure);
      return;
    }
    files++;
    bytes += receipt.bytes();
    if (receipt.route() == Route.STORE) {
      byStore++;
    } else if (receipt.route() == Route.PARTS && !receipt.worker().isEmpty()) {
      shared++;
      workers.addAll(List.of(receipt.worker().split(Receipt.BETWEEN_WORKERS)));
    }
    weakest = receipt.verification() == Verification.LENGTH ? Verification.LENGTH : weakest;
  }

  private void list(PathFailure failure) {
    if (failures.size() < FAILURES_LISTED) {
      failures.add(failure);
    }
  }

  private void addUntried(List<TransferItem> missing) {
    FailureKind kind = failures.isEmpty() ? FailureKind.INTERRUPTED : failures.get(0).kind();
    for (TransferItem item : missing) {
      list(
          new PathFailure(
              item.source(), kind, "It was not tried, because the transfer stopped before it."));
    }
  }

  /** Sorting may have taken the exception from the first failure: the receipts have it still. */
  private void findCause(Collection<Receipt> receipts) {
    Receipt first = firstFailed;
    if (first == null || first.cause() != null) {
      return;
    }
    for (Receipt receipt : receipts) {
      if (receipt.id() == first.id() && receipt.cause() != null) {
        firstFailed = receipt;
        return;
      }
    }
  }

  /** The number of files that arrived. */
  public long files() {
    return files;
  }

  /** The bytes that arrived. */
  public long bytes() {
    return bytes;
  }

  /** Files that did not get there, listed or not. */
  public long failed() {
    return failed + untried;
  }

  /** The weakest verification of all files. */
  public Verification weakest() {
    return files == 0 ? Verification.LENGTH : weakest;
  }

  /** The first of those that did not get there. */
  public List<PathFailure> failures() {
    return failures;
  }

  /** Sentences for the report. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (repeated > 0) {
      notes.add(repeated + " files took more than one try.");
    }
    if (byStore > 0) {
      notes.add(
          byStore + " files were copied by the store itself; none of their bytes passed here.");
    }
    if (shared > 0) {
      notes.add(shared + " files were written in parts, by " + workers.size() + " workers.");
    }
    if (failed() > failures.size()) {
      notes.add((failed() - failures.size()) + " more files failed and are not listed.");
    }
    return notes;
  }

  /** The exception behind a failure, where it was thrown in this JVM and is known. */
  public @Nullable TransferException causeOf(PathFailure failure) {
    Receipt first = firstFailed;
    return first != null && failure.equals(first.failure()) ? first.cause() : null;
  }
}
