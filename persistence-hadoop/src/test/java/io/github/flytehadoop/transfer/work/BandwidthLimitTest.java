/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One bandwidth for all streams, counted in bytes. */
class BandwidthLimitTest {
  private final TestClock clock = new TestClock();

  @Test
  void bytesTakeTheirTime() throws Exception {
    BandwidthLimit throttle = new BandwidthLimit(1000, clock);
    for (int i = 0; i < 10; i++) {
      throttle.take(500);
    }
    // the last bytes pass before their own time is over: 9 x 0.5 s
    assertThat(clock.nanoTime()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(4500));
  }

  @Test
  void idleTimeIsNotSavedUp() throws Exception {
    BandwidthLimit throttle = new BandwidthLimit(1000, clock);
    clock.advance(Duration.ofHours(1));
    long start = clock.nanoTime();
    for (int i = 0; i < 5; i++) {
      throttle.take(1000);
    }
    assertThat(clock.nanoTime() - start).isEqualTo(TimeUnit.SECONDS.toNanos(4));
  }

  @Test
  void noLimitNeverWaits() throws Exception {
    BandwidthLimit throttle = new BandwidthLimit(0, clock);
    throttle.take(Integer.MAX_VALUE);
    throttle.take(Integer.MAX_VALUE);
    assertThat(clock.sleeps()).isEmpty();
  }

  @Test
  void hugeLimitsDoNotOverflow() throws Exception {
    BandwidthLimit throttle = new BandwidthLimit(Long.MAX_VALUE, clock);
    throttle.take(Integer.MAX_VALUE);
    throttle.take(1);
    assertThat(clock.nanoTime()).isLessThan(1000);
  }
}
