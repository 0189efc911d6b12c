/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.concurrent;

/** Work that an interruption of the caller cannot cut short. */
public final class Uninterruptibles {
  private Uninterruptibles() {}

  /**
   * Cleans up in a thread of its own and waits for it: an interrupted thread can send no request,
   * and one that sees a cancellation may be interrupted a moment later, in the middle of its last.
   */
  public static void run(Runnable work) {
    Thread cleaner = new Thread(work, "flyte-discard");
    cleaner.setDaemon(true);
    cleaner.start();
    boolean interrupted = false;
    while (cleaner.isAlive()) {
      try {
        cleaner.join();
      } catch (InterruptedException impatient) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
