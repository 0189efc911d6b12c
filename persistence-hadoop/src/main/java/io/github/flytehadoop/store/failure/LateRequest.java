/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.failure;

import io.github.flytehadoop.error.FailureKind;
import java.io.IOException;

/**
 * Whether a request that has failed may still come to the store: nobody waits for one that was cut
 * short, and the store may carry it out after those that were sent behind it (F95).
 */
public enum LateRequest {
  /** Whatever it did is done. */
  NONE(1, 0),
  /** It is on its way, or waits in the store: it is looked for during half a second. */
  CUT_SHORT(10, 50),
  /** A client goes on sending for a while: it is looked for during some five seconds. */
  STILL_SENT(10, 1000);

  private static final long PAUSE_MILLIS = 50;

  private final int looks;
  private final long longestPauseMillis;

  LateRequest(int looks, long longestPauseMillis) {
    this.looks = looks;
    this.longestPauseMillis = longestPauseMillis;
  }

  /** Takes back what a request has made. */
  @FunctionalInterface
  public interface Removal {
    /** Removes it, and says whether it was there. */
    boolean remove() throws IOException;
  }

  /** Whether the request that ended so may still come. */
  public static LateRequest after(Exception failure) {
    boolean cut = HadoopFailures.kindOf(failure, FailureKind.CONFLICT) == FailureKind.INTERRUPTED;
    return cut ? CUT_SHORT : NONE;
  }

  /**
   * Removes what the request has made, and waits for what it may still make. Runs in a thread that
   * nobody interrupts.
   *
   * @throws IOException when a removal fails
   */
  public void remove(Removal removal) throws IOException {
    long pause = PAUSE_MILLIS;
    for (int look = 1; !removal.remove() && look < looks; look++) {
      try {
        Thread.sleep(pause);
      } catch (InterruptedException unlikely) {
        Thread.currentThread().interrupt();
        return;
      }
      pause = Math.min(longestPauseMillis, 2 * pause);
    }
  }
}
