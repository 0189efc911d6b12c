/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.multipart.MultipartStore;
import io.github.flytehadoop.store.multipart.MultipartWrite;
import io.github.flytehadoop.store.multipart.Part;
import io.github.flytehadoop.store.multipart.UploadedPart;
import io.github.flytehadoop.transfer.Cancellation;
import io.github.flytehadoop.transfer.FileSlice;
import io.github.flytehadoop.transfer.Route;
import io.github.flytehadoop.transfer.Verification;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one file in the local engine, each in a stream of its own. Whoever is last completes
 * the file, or hands the parts on to who will.
 */
final class PartsMove {
  private final FileTask task;
  private final TransferWorker worker;
  private final BufferBudget buffers;
  private final LocalExecution run;
  private final List<UploadedPart> sent = new ArrayList<>();

  PartsMove(FileTask task, TransferWorker worker, BufferBudget buffers, LocalExecution run) {
    this.task = task;
    this.worker = worker;
    this.buffers = buffers;
    this.run = run;
  }

  /** Moves the parts of a slice; with a write it is all of them, and they are completed here. */
  void submit(FileSlice slice, @Nullable MultipartWrite write) {
    List<Part> parts = slice.parts();
    AtomicInteger left = new AtomicInteger(parts.size());
    for (Part part : parts) {
      if (!run.submit(() -> move(slice, part, write, left))) {
        task.fail(Cancellation.cancelled(task.item().target(), null));
        ended(slice, write, left);
      }
    }
  }

  private void move(
      FileSlice slice, Part part, @Nullable MultipartWrite write, AtomicInteger left) {
    boolean ended = false;
    try {
      if (task.failure() == null) {
        UploadedPart arrived = withBuffers(slice, part);
        synchronized (sent) {
          sent.add(arrived);
        }
      }
      ended = true;
    } catch (IOException | RuntimeException problem) {
      task.fail(problem);
      ended = true;
    } catch (InterruptedException interrupted) {
      task.fail(Cancellation.cancelled(task.item().target(), interrupted));
      ended = true;
    } finally {
      if (!ended) {
        task.fail(UnexpectedFailure.died());
      }
      ended(slice, write, left);
    }
  }

  private UploadedPart withBuffers(FileSlice slice, Part part)
      throws IOException, InterruptedException {
    MultipartStore store = store();
    boolean passes = slice.route() == Route.PARTS;
    BufferBudget.Share taken =
        buffers.acquire(passes ? store.bytesInMemory(part.lengthBytes()) : 0);
    try {
      return task.retries()
          .run(
              number -> {
                task.tried(number);
                worker.context().cancellation().check(task.item().target());
                return worker.movePart(task.item(), slice, part);
              },
              store::isLost);
    } finally {
      buffers.release(taken);
    }
  }

  private MultipartStore store() throws IOException {
    Store store = worker.context().stores().of(task.item().targetLocation());
    return (MultipartStore) store;
  }

  private void ended(FileSlice slice, @Nullable MultipartWrite write, AtomicInteger left) {
    if (left.decrementAndGet() > 0) {
      return;
    }
    if (write == null) {
      task.done(task.failure() == null ? handedOn(slice) : null);
    } else {
      complete(slice, write);
    }
  }

  private MoveResult handedOn(FileSlice slice) {
    synchronized (sent) {
      long bytes = sent.stream().mapToLong(UploadedPart::lengthBytes).sum();
      return new MoveResult(bytes, Verification.LENGTH, slice.route(), sent, null);
    }
  }

  private void complete(FileSlice slice, MultipartWrite write) {
    MoveResult moved = null;
    boolean again = false;
    try (write) {
      if (task.failure() == null) {
        worker.context().cancellation().check(task.item().target());
        Proof proof = write.commit(sent);
        moved =
            MoveResult.of(slice.upload().lengthBytes(), proof, slice.route())
                .with(slice.upload().checksum(sent));
      }
    } catch (IOException | RuntimeException problem) {
      task.fail(problem);
    } finally {
      again = moved == null && isLost() && task.mayRestart();
      if (!again) {
        task.done(moved);
      }
    }
    if (again) {
      // somebody aborted the upload, or the store lost a part of it: once more, from the start
      task.submitParts(slice.route());
    }
  }

  private boolean isLost() {
    TransferException failure = task.failure();
    try {
      return failure != null
          && !worker.context().cancellation().isCancelled()
          && store().isLost(failure);
    } catch (IOException unknown) {
      return false;
    }
  }
}
