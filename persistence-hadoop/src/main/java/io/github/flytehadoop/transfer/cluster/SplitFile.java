/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.cluster;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.multipart.MultipartStore;
import io.github.flytehadoop.store.multipart.MultipartWrite;
import io.github.flytehadoop.store.multipart.UploadedPart;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.FileSlice;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.Route;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.Verification;
import io.github.flytehadoop.transfer.work.MoveResult;
import io.github.flytehadoop.transfer.work.UnexpectedFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One file that several workers write, as the driver knows it. */
final class SplitFile {
  private final TransferItem item;
  private final MultipartWrite write;
  private final Route route;
  private final List<UploadedPart> sent = new ArrayList<>();
  private final SortedSet<String> workers = new TreeSet<>();
  private int attempts = 1;
  private long millis;
  private @Nullable Receipt failed;
  private boolean lost;

  SplitFile(TransferItem item, MultipartWrite write, Route route) {
    this.item = item;
    this.write = write;
    this.route = route;
  }

  TransferItem item() {
    return item;
  }

  /** The file in slices of at least so many bytes. */
  List<TransferItem> slices(long sliceBytes) {
    int parts = write.upload().parts();
    int each = (int) Math.max(1, Math.min(parts, sliceBytes / write.upload().partBytes()));
    List<TransferItem> slices = new ArrayList<>();
    for (int first = 1; first <= parts; first += each) {
      int last = Math.min(parts, first + each - 1);
      slices.add(item.with(new FileSlice(write.upload(), first, last, route)));
    }
    return slices;
  }

  /** What an attempt at one of the slices says. */
  void take(Receipt receipt) {
    attempts = Math.max(attempts, receipt.attempts());
    millis += receipt.millis();
    if (receipt.succeeded()) {
      sent.addAll(receipt.parts());
      if (!receipt.worker().isEmpty()) {
        workers.add(receipt.worker());
      }
    } else {
      failed = receipt;
    }
  }

  /**
   * Every part exactly once, then the file; of a slice that failed another attempt may have come.
   */
  Receipt complete(EngineContext context) {
    try (write) {
      context.cancellation().check(item.target());
      if (failed != null && sent.stream().map(UploadedPart::number).distinct().count() < parts()) {
        PathFailure why = failed.failure();
        lost = why != null && why.kind() == FailureKind.NETWORK;
        return failed;
      }
      Proof proof = write.commit(sent);
      String checksum = MoveResult.text(write.upload().checksum(sent));
      return receipt(item.lengthBytes(), MoveResult.verification(proof), checksum, null);
    } catch (IOException | RuntimeException problem) {
      TransferException failure =
          problem instanceof TransferException told ? told : UnexpectedFailure.of(item, problem);
      lost = isLost(context, failure);
      return receipt(0, Verification.LENGTH, null, failure);
    }
  }

  private int parts() {
    return write.upload().parts();
  }

  private boolean isLost(EngineContext context, TransferException failure) {
    try {
      Store store = context.stores().of(item.targetLocation());
      return ((MultipartStore) store).isLost(failure);
    } catch (IOException unknown) {
      return false;
    }
  }

  /** Whether somebody else ended the upload, so that the file is worth another start. */
  boolean isLost() {
    return lost;
  }

  void abort() {
    write.close();
  }

  private Receipt receipt(
      long bytes,
      Verification proof,
      @Nullable String checksum,
      @Nullable TransferException failure) {
    return new Receipt(
        item.id(),
        bytes,
        proof,
        attempts,
        failure == null
            ? null
            : new PathFailure(item.source(), failure.kind(), String.valueOf(failure.getMessage())),
        failure,
        route,
        List.of(),
        String.join(Receipt.BETWEEN_WORKERS, workers),
        millis,
        checksum);
  }
}
