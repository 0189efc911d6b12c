/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import io.github.flytehadoop.concurrent.MonotonicClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only when somebody sleeps or a test says so. */
final class TestClock implements MonotonicClock {
  private final List<Long> sleeps = new ArrayList<>();
  private long now;
  private boolean interruptNext;

  void advance(Duration time) {
    now += time.toNanos();
  }

  void interruptNextSleep() {
    interruptNext = true;
  }

  List<Long> sleeps() {
    return sleeps;
  }

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized void sleepNanos(long nanos) throws InterruptedException {
    if (interruptNext) {
      throw new InterruptedException();
    }
    sleeps.add(nanos);
    now += nanos;
  }
}
