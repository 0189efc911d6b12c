/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Interrupts a thread that waits for a server. */
public final class InterruptedWork {
  private InterruptedWork() {}

  /**
   * What work ends with that is interrupted; null when it ends as if nothing were.
   *
   * @param middle opens when a server has it
   * @throws AssertionError when it waits on
   */
  public static Exception endOf(Callable<?> work, CountDownLatch middle)
      throws InterruptedException {
    AtomicReference<Exception> end = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                work.call();
              } catch (Exception failure) {
                end.set(failure);
              }
            });
    thread.setDaemon(true);
    thread.start();
    assertThat(middle.await(1, TimeUnit.MINUTES)).as("a server has it").isTrue();
    Thread.sleep(500); // until buffers are full
    thread.interrupt();
    thread.join(20_000);
    assertThat(thread.isAlive()).as("it waits on").isFalse();
    return end.get();
  }
}
