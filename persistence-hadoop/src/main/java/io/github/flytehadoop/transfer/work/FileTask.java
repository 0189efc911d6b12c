/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.ParallelWrite;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.multipart.MultipartWrite;
import io.github.flytehadoop.transfer.Cancellation;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.FileSlice;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.Route;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.Verification;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file in the local engine: one stream, or ranges that share one positioned write. */
final class FileTask {
  private static final Logger LOG = LoggerFactory.getLogger(FileTask.class);

  private final TransferItem item;
  private final TransferWorker worker;
  private final EngineContext context;
  private final BufferBudget buffers;
  private final LocalExecution run;
  private final Runnable whenDone;
  private final RetryPolicy retries;
  private final AtomicReference<@Nullable TransferException> failure = new AtomicReference<>();
  private final AtomicInteger attempts = new AtomicInteger(1);
  private final long startNanos = System.nanoTime();
  private final AtomicBoolean restarted = new AtomicBoolean();

  FileTask(
      TransferItem item,
      TransferWorker worker,
      BufferBudget buffers,
      LocalExecution run,
      Runnable whenDone) {
    this.item = item;
    this.worker = worker;
    this.context = worker.context();
    this.buffers = buffers;
    this.run = run;
    this.whenDone = whenDone;
    this.retries = new RetryPolicy(context.limits(), context.cancellation());
    run.started();
  }

  void submitWhole() {
    if (!run.submit(this::moveWhole)) {
      fail(Cancellation.cancelled(item.target(), null));
      done(null);
    }
  }

  private void moveWhole() {
    MoveResult moved = null;
    try {
      BufferBudget.Share taken = buffers.acquire(bufferedBytes());
      try {
        context.progress().started(item.source(), item.lengthBytes());
        moved = retries.run(this::attempt);
      } finally {
        buffers.release(taken);
      }
    } catch (IOException | RuntimeException problem) {
      fail(problem);
    } catch (InterruptedException interrupted) {
      fail(Cancellation.cancelled(item.target(), interrupted));
    } finally {
      done(moved);
    }
  }

  private MoveResult attempt(int number) throws IOException {
    attempts.set(number);
    context.cancellation().check(item.target());
    return worker.move(item);
  }

  /** A local file can be read again, so its target may send it without holding its bytes. */
  private long bufferedBytes() throws IOException {
    boolean again = item.sourceLocation().isLocal() && item.lengthBytes() >= 0;
    return context
        .stores()
        .of(item.targetLocation())
        .writeBufferBytes(item.lengthBytes(), again ? Store.Sending.SOURCE : Store.Sending.STREAM);
  }

  void submitSlice(FileSlice slice) {
    context.progress().started(item.source(), slice.movedBytes());
    new PartsMove(this, worker, buffers, run).submit(slice, null);
  }

  /** A large file in parts, where the store takes them. */
  void submitParts(Route route) {
    if (!run.submit(() -> startParts(route))) {
      fail(Cancellation.cancelled(item.target(), null));
      done(null);
    }
  }

  private void startParts(Route route) {
    MultipartWrite write = null;
    boolean asked = false;
    try {
      context.cancellation().check(item.target());
      write = retries.run(number -> worker.start(item, route)).orElse(null);
      asked = true;
    } catch (IOException | RuntimeException problem) {
      fail(problem);
    } finally {
      if (write != null) {
        context.progress().started(item.source(), item.lengthBytes());
        FileSlice all = FileSlice.all(write.upload(), route);
        new PartsMove(this, worker, buffers, run).submit(all, write);
      } else if (asked) {
        submitWhole();
      } else {
        done(null);
      }
    }
  }

  void submitRanges(long partSizeBytes) {
    context.progress().started(item.source(), item.lengthBytes());
    ParallelWrite write;
    try {
      Location target = item.targetLocation();
      write = context.stores().of(target).writeParallel(target, worker.options(item));
    } catch (IOException | RuntimeException problem) {
      fail(problem);
      done(null);
      return;
    }
    int parts = Math.toIntExact((item.lengthBytes() + partSizeBytes - 1) / partSizeBytes);
    AtomicInteger left = new AtomicInteger(parts);
    for (int part = 0; part < parts; part++) {
      long offset = part * partSizeBytes;
      ByteRange range = new ByteRange(offset, Math.min(partSizeBytes, item.lengthBytes() - offset));
      if (!run.submit(() -> moveRange(range, write, left))) {
        fail(Cancellation.cancelled(item.target(), null));
        rangeDone(write, left);
      }
    }
  }

  private void moveRange(ByteRange range, ParallelWrite write, AtomicInteger left) {
    boolean ended = false;
    try {
      if (failure.get() == null) {
        retries.run(
            number -> {
              attempts.accumulateAndGet(number, Math::max);
              context.cancellation().check(item.target());
              worker.moveRange(item, range, write);
              return range;
            });
      }
      ended = true;
    } catch (IOException | RuntimeException problem) {
      fail(problem);
      ended = true;
    } finally {
      if (!ended) {
        fail(UnexpectedFailure.died());
      }
      rangeDone(write, left);
    }
  }

  /** Whoever is last publishes the file, or throws it away. */
  private void rangeDone(ParallelWrite write, AtomicInteger left) {
    if (left.decrementAndGet() == 0) {
      publish(write);
    }
  }

  private void publish(ParallelWrite write) {
    MoveResult moved = null;
    try (write) {
      if (failure.get() == null) {
        context.cancellation().check(item.target());
        write.commit();
        moved = new MoveResult(item.lengthBytes(), Verification.LENGTH).as(write.version());
      }
    } catch (IOException | RuntimeException problem) {
      fail(problem);
    } finally {
      done(moved);
    }
  }

  /** The first failure counts, but what the store says more than a defect that followed from it. */
  void fail(Exception problem) {
    TransferException known = problem instanceof TransferException told ? told : null;
    TransferException latest = known == null ? UnexpectedFailure.of(item, problem) : known;
    failure.updateAndGet(
        first -> first == null || (known != null && UnexpectedFailure.is(first)) ? latest : first);
  }

  void done(@Nullable MoveResult moved) {
    if (moved == null) {
      fail(UnexpectedFailure.died());
    }
    TransferException problem = moved == null ? failure.get() : null;
    try {
      announce(moved, problem);
    } finally {
      try {
        run.receive(item, receipt(moved, problem));
      } finally {
        whenDone.run();
        run.ended();
      }
    }
  }

  private void announce(@Nullable MoveResult moved, @Nullable TransferException problem) {
    if (moved != null) {
      context.progress().finished(item.source(), moved.bytes());
      LOG.debug("{} is at {}", Printable.of(item.source()), Printable.of(item.target()));
    } else if (problem != null) {
      if (UnexpectedFailure.is(problem)) {
        LOG.error("The transfer of {} ended in a defect", Printable.of(item.source()), problem);
      }
      context.progress().failed(failureOf(problem));
    }
  }

  private Receipt receipt(@Nullable MoveResult moved, @Nullable TransferException problem) {
    return new Receipt(
        item.id(),
        moved == null ? 0 : moved.bytes(),
        moved == null ? Verification.LENGTH : moved.verification(),
        attempts.get(),
        problem == null ? null : failureOf(problem),
        problem,
        moved == null ? Route.STREAM : moved.route(),
        moved == null ? List.of() : moved.parts(),
        "",
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos),
        moved == null ? null : MoveResult.text(moved.checksum()),
        moved == null ? null : moved.version());
  }

  TransferItem item() {
    return item;
  }

  RetryPolicy retries() {
    return retries;
  }

  @Nullable TransferException failure() {
    return failure.get();
  }

  /** Whether another try of the whole file begins: then what failed before counts no longer. */
  boolean mayRestart() {
    boolean first = restarted.compareAndSet(false, true);
    if (first) {
      failure.set(null);
      attempts.incrementAndGet();
    }
    return first;
  }

  void tried(int number) {
    attempts.accumulateAndGet(number, Math::max);
  }

  private PathFailure failureOf(TransferException problem) {
    return new PathFailure(item.source(), problem.kind(), String.valueOf(problem.getMessage()));
  }
}
