/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A wish to stop, which every loop that moves bytes looks at. */
public final class Cancellation {
  private final AtomicBoolean wished = new AtomicBoolean();

  /** Nothing is cancelled yet. */
  public Cancellation() {}

  /** Asks for the end; harmless when repeated. */
  public void cancel() {
    wished.set(true);
  }

  /** Whether the end was asked for. */
  public boolean isCancelled() {
    return wished.get() || Thread.currentThread().isInterrupted();
  }

  /**
   * Ends the caller's work when the end was asked for.
   *
   * @throws TransferException of kind {@code INTERRUPTED}
   */
  public void check(String location) throws TransferException {
    if (isCancelled()) {
      throw cancelled(location, null);
    }
  }

  /** What ends work that is no longer wanted. */
  public static TransferException cancelled(String location, @Nullable InterruptedException cause) {
    return Problem.cannot("finish", location)
        .because("it was cancelled")
        .remedy("Run it again.")
        .kind(FailureKind.INTERRUPTED)
        .causedBy(cause)
        .exception();
  }
}
