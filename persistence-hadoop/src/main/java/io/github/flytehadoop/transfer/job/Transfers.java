/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.job;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Stores;
import io.github.flytehadoop.store.hadoop.UploadBuffers;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.Cancellation;
import io.github.flytehadoop.transfer.CheckReport;
import io.github.flytehadoop.transfer.CompareBy;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Difference;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.ProgressListener;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.TransferEngine;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferReport;
import io.github.flytehadoop.transfer.plan.Check;
import io.github.flytehadoop.transfer.work.LocalEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** The transfers of one provider: one local engine, one set of limits, one listener. */
public final class Transfers implements AutoCloseable {
  private interface Call {
    TransferReport run(EngineContext context) throws TransferException;
  }

  private final ActiveCalls calls = new ActiveCalls();
  private final Stores stores;
  private final TransferLimits limits;
  private final Map<String, String> metadata;
  private final ProgressDispatcher progress;
  private final LocalEngine local;
  private final Engines engines;

  /**
   * Wires the engine.
   *
   * @param metadata put on every file that is written, where the store keeps metadata
   * @param engines for copies, besides the local one
   */
  public Transfers(
      Stores stores,
      TransferLimits limits,
      Map<String, String> metadata,
      ProgressListener progress,
      Engines engines) {
    this.stores = stores;
    this.limits = limits;
    this.metadata = Map.copyOf(metadata);
    this.progress = new ProgressDispatcher(progress);
    this.local = new LocalEngine(limits);
    this.engines = engines;
  }

  /** A local file or directory to a store. */
  public TransferReport put(Path from, Location to, BlobDimensionality shape)
      throws TransferException {
    return call(limits, context -> new Uploads(local, context, metadata).put(from, to, shape));
  }

  /** Bytes or a stream to a store. */
  public TransferReport put(RawData data, Location to, int chunkBytes) throws TransferException {
    return call(
        limits, context -> new RawUploads(local, context, metadata).put(data, to, chunkBytes));
  }

  /** A file or directory of a store to the local disk. */
  public TransferReport get(Location from, Path to, BlobDimensionality shape)
      throws TransferException {
    return call(limits, context -> new Downloads(local, context).get(from, to, shape));
  }

  /** From store to store. */
  public TransferReport copy(Location from, Location to, CopyOptions options)
      throws TransferException {
    TransferLimits own = options.limits();
    if (own == null) {
      return copy(from, to, options, limits, local);
    }
    try (LocalEngine separate = new LocalEngine(own, local)) {
      return copy(from, to, options, own, separate);
    }
  }

  /**
   * Waits for a place among the files and buffers of this provider, for a caller that writes by
   * itself.
   *
   * @throws TransferException of kind {@code INTERRUPTED} when the thread is interrupted meanwhile
   */
  public LocalEngine.Admission admit(Location target) throws IOException {
    long buffers =
        target.isLocal()
            ? 0
            : UploadBuffers.bytesFor(Attributes.UNKNOWN_LENGTH, limits.partSizeBytes());
    try {
      return local.admit(buffers);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Cancellation.cancelled(target.text(), interrupted);
    }
  }

  /**
   * Lets bytes through that such a caller writes, at the bandwidth of this provider.
   *
   * @throws TransferException of kind {@code INTERRUPTED} when the thread is interrupted meanwhile
   */
  public void pass(int bytes, String target) throws TransferException {
    try {
      local.throttle().take(bytes);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Cancellation.cancelled(target, interrupted);
    }
  }

  /** Compares two places, and changes neither. */
  public CheckReport check(
      Location first, Location second, CompareBy by, Consumer<Difference> found)
      throws TransferException {
    try {
      return calls.run(
          cancellation ->
              new Check(new EngineContext(stores, limits, progress, cancellation), by, found)
                  .run(first, second));
    } catch (UncheckedIOException disk) {
      throw told(disk);
    }
  }

  /** What was spilled to the local disk is read by iterators, which throw no checked exception. */
  private static TransferException told(UncheckedIOException disk) {
    IOException cause = disk.getCause();
    return cause instanceof TransferException already
        ? already
        : Problem.cannot("transfer")
            .because(String.valueOf(cause))
            .kind(FailureKind.LOCAL_IO)
            .remedy("Check the local disk.")
            .causedBy(cause)
            .exception();
  }

  private TransferReport copy(
      Location from, Location to, CopyOptions options, TransferLimits inForce, LocalEngine here)
      throws TransferException {
    TransferEngine engine = engines.of(options.engine(), here);
    return call(inForce, context -> copies(engine, context, options).copy(from, to, options));
  }

  private Copies copies(TransferEngine engine, EngineContext context, CopyOptions options) {
    return new Copies(engine, context.withTasks(options.tasks()), metadata);
  }

  private TransferReport call(TransferLimits inForce, Call call) throws TransferException {
    try {
      return calls.run(
          cancellation -> call.run(new EngineContext(stores, inForce, progress, cancellation)));
    } catch (UncheckedIOException disk) {
      throw told(disk);
    } finally {
      progress.flush();
    }
  }

  /** Ends the calls that are going on, waits until they have cleaned up, and ends the threads. */
  @Override
  public void close() {
    calls.close();
    local.close();
    progress.close();
  }
}
