/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.transfer.ProgressListener;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A listener that is slower than the transfer. */
@Rule("F92")
class ProgressDispatcherTest {
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong files = new AtomicLong();

  private final ProgressListener slow =
      new ProgressListener() {
        @Override
        public void planned(long plannedFiles, long plannedBytes) {
          try {
            goOn.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        }

        @Override
        public void advanced(long more) {
          calls.incrementAndGet();
          bytes.addAndGet(more);
        }

        @Override
        public void finished(String path, long length) {
          files.incrementAndGet();
        }
      };

  /** A flush waits only so long, which is less than a busy machine may need. */
  private void flush(ProgressDispatcher relay, long expected) {
    for (int i = 0; i < 20 && bytes.get() < expected; i++) {
      relay.flush();
    }
  }

  @Test
  void bytesAddUpAndEventsOfFilesAreBounded() {
    try (ProgressDispatcher relay = new ProgressDispatcher(slow)) {
      relay.planned(1, 1);
      for (int i = 0; i < 200_000; i++) {
        relay.advanced(1);
        relay.finished("s3://b/" + i, 1);
      }
      goOn.countDown();
      flush(relay, 200_000);
      assertThat(bytes).hasValue(200_000);
      assertThat(calls).hasValueBetween(1, 3);
      assertThat(files).hasValueBetween(1, 10_000);
    }
  }

  @Test
  void bytesAreToldWhenTheQueueIsFullBeforeTheFirstOfThem() {
    try (ProgressDispatcher relay = new ProgressDispatcher(slow)) {
      relay.planned(1, 1);
      for (int i = 0; i < 20_000; i++) {
        relay.finished("s3://b/" + i, 1);
      }
      relay.advanced(5);
      relay.advanced(7);
      goOn.countDown();
      flush(relay, 12);
      assertThat(bytes).hasValue(12);
    }
  }
}
