/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UploadStallDetectorTest {
  @Test
  @Rule("F05")
  void aClientThatCannotEndARequestDoesNotEndTheWatchOverOthers() throws Exception {
    CountDownLatch tried = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try (UploadStallDetector detector = new UploadStallDetector(Duration.ofMillis(1));
        UploadStallDetector.Exchange stubborn = detector.exchange();
        UploadStallDetector.Exchange other = detector.exchange()) {
      stubborn.begin(
          () -> {
            tried.countDown();
            throw new IllegalStateException("not now");
          });
      stubborn.body(new ByteArrayInputStream(new byte[0]));
      assertThat(tried.await(30, TimeUnit.SECONDS)).isTrue();

      other.begin(ended::countDown);
      other.body(new ByteArrayInputStream(new byte[0]));
      assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
