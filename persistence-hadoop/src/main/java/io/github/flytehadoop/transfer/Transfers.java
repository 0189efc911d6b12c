/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The transfers of one provider: one local engine, one set of limits, one listener. */
public final class Transfers implements AutoCloseable {
  private interface Call {
    TransferReport run(EngineContext context) throws TransferException;
  }

  private final OngoingCalls calls = new OngoingCalls();
  private final Stores stores;
  private final TransferLimits limits;
  private final Map<String, String> metadata;
  private final ProgressRelay progress;
  private final LocalEngine local;
  private final @Nullable TransferEngine chosen;

  /**
   * Wires the engine.
   *
   * @param metadata put on every file that is written, where the store keeps metadata
   * @param chosen an engine for copies besides the local one, or null
   */
  public Transfers(
      Stores stores,
      TransferLimits limits,
      Map<String, String> metadata,
      ProgressListener progress,
      @Nullable TransferEngine chosen) {
    this.stores = stores;
    this.limits = limits;
    this.metadata = Map.copyOf(metadata);
    this.progress = new ProgressRelay(progress);
    this.local = new LocalEngine(limits);
    this.chosen = chosen;
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
    TransferEngine engine = engine(options.engine());
    TransferLimits own = options.limits();
    if (own == null) {
      return call(limits, context -> copies(engine, context, options).copy(from, to, options));
    }
    try (LocalEngine separate = new LocalEngine(own)) {
      TransferEngine limited = engine == local ? separate : engine;
      return call(own, context -> copies(limited, context, options).copy(from, to, options));
    }
  }

  private Copies copies(TransferEngine engine, EngineContext context, CopyOptions options) {
    return new Copies(engine, context.withTasks(options.tasks()), metadata);
  }

  private TransferReport call(TransferLimits inForce, Call call) throws TransferException {
    try {
      return calls.run(
          cancellation -> call.run(new EngineContext(stores, inForce, progress, cancellation)));
    } finally {
      progress.flush();
    }
  }

  private TransferEngine engine(Engine wanted) throws CopyException {
    if (chosen != null && (wanted == Engine.AUTO || wanted == chosen.kind())) {
      return chosen;
    }
    if (wanted == Engine.AUTO || wanted == Engine.LOCAL) {
      return local;
    }
    for (TransferEngine found : ServiceLoader.load(TransferEngine.class)) {
      if (found.kind() == wanted) {
        return found;
      }
    }
    throw new CopyException(
        FailureKind.UNSUPPORTED,
        wanted.name(),
        "Cannot copy with "
            + wanted
            + ": that engine is not on the class path. Add its jar, give"
            + " it to the builder, or use one of "
            + List.of(Engine.AUTO, Engine.LOCAL)
            + ".",
        null);
  }

  /** Ends the calls that are going on, waits until they have cleaned up, and ends the threads. */
  @Override
  public void close() {
    calls.close();
    local.close();
    progress.close();
  }
}
