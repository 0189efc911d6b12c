/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.request;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How many requests a store gets at once. As many as come, until it says that they are too many:
 * then half of what was under way, and one more for each round that goes well. Where it says when
 * to come back, nobody comes before. Time is monotonic; nobody waits longer than a minute.
 */
public final class AdaptiveConcurrencyLimit {
  static final long LONGEST_WAIT_NANOS = Duration.ofMinutes(1).toNanos();
  private static final double UNLIMITED = Double.MAX_VALUE;
  private static final int ENOUGH = 256;

  /** The cut that a request has seen; a crowd that is turned away together is one cut. */
  public record Turn(int cuts) {}

  private int underWay;
  private double most = UNLIMITED;
  private int cuts;
  private long notBefore = System.nanoTime();

  /** Waits for a place; each turn has to {@link #end}. */
  public synchronized Turn begin() throws InterruptedException {
    long start = System.nanoTime();
    while (true) {
      long now = System.nanoTime();
      long patience = LONGEST_WAIT_NANOS - (now - start);
      long pause = notBefore - now;
      boolean free = underWay < most && pause <= 0;
      if (free || patience <= 0) {
        underWay++;
        return new Turn(cuts);
      }
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, pause > 0 ? pause : patience));
    }
  }

  /** The store took the request. */
  public synchronized void went() {
    if (most < ENOUGH) {
      most += 1 / most;
      notifyAll();
    } else {
      most = UNLIMITED;
    }
  }

  /** The store turned the request away. */
  public synchronized void refused(Turn turn, Duration comeBackAfter) {
    if (turn.cuts() == cuts) {
      most = Math.max(1, Math.floor(Math.min(most, underWay) / 2));
      cuts++;
    }
    long wait = Math.min(LONGEST_WAIT_NANOS, Math.max(0, comeBackAfter.toNanos()));
    long until = System.nanoTime() + wait;
    notBefore = until - notBefore > 0 ? until : notBefore;
  }

  /** The request is over. */
  public synchronized void end() {
    underWay--;
    notifyAll();
  }

  /** How many requests are under way. */
  public synchronized int underWay() {
    return underWay;
  }

  /** How many requests may be under way, as far as there is a bound. */
  public synchronized double most() {
    return most;
  }
}
