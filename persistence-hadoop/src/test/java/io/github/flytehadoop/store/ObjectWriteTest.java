/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ObjectWriteTest {
  /** Its cleaning up takes until it is allowed to end. */
  private static final class SlowToClean extends ObjectWrite {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch allowed = new CountDownLatch(1);
    private volatile boolean disturbed;

    @Override
    public void write(byte[] bytes, int offset, int length) {}

    @Override
    protected Proof verify(SentContent sent) {
      return Proof.LENGTH;
    }

    @Override
    protected void publish() {}

    @Override
    protected void discard() {
      disturbed = Thread.currentThread().isInterrupted();
      begun.countDown();
      try {
        allowed.await();
      } catch (InterruptedException interrupted) {
        disturbed = true;
      }
    }
  }

  @Test
  @Timeout(30)
  @Rule({"FAP-C6", "F41"})
  void nothingInterruptsTheCleaningUpAndTheThreadStaysInterrupted() throws Exception {
    SlowToClean write = new SlowToClean();
    FutureTask<Boolean> closing =
        new FutureTask<>(
            () -> {
              Thread.currentThread().interrupt();
              write.close();
              return Thread.currentThread().isInterrupted();
            });
    Thread thread = new Thread(closing);
    thread.start();
    write.begun.await();
    thread.interrupt();
    thread.interrupt();
    assertThat(closing.isDone()).as("waits for the end").isFalse();
    write.allowed.countDown();
    assertThat(closing.get()).isTrue();
    assertThat(write.disturbed).isFalse();
  }
}
