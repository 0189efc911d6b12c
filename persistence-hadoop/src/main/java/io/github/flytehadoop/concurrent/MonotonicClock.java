/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.concurrent;

import java.util.concurrent.TimeUnit;

/** Time that only moves forward, whatever the wall clock does (F59), and waiting by it. */
public interface MonotonicClock {
  /** The clock of this JVM. */
  MonotonicClock SYSTEM =
      new MonotonicClock() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void sleepNanos(long nanos) throws InterruptedException {
          TimeUnit.NANOSECONDS.sleep(nanos);
        }
      };

  /** Nanoseconds since an arbitrary moment; the clock never runs backwards. */
  long nanoTime();

  /** Waits for a number of nanoseconds. */
  void sleepNanos(long nanos) throws InterruptedException;
}
