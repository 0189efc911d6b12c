/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.PendingOutput;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.TransferLimits;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Limits are those of a provider as a whole, and nobody waits for ever for a place. */
@Timeout(60)
@Tag("slow")
class SharedLimitsTest {
  private static final long PART = 5L << 20;
  private static final TransferLimits ONE_STREAM =
      TransferLimits.defaults().withPartSizeBytes(PART).withBufferedBytes(5 * PART);

  @TempDir Path temp;

  private FileAccessProvider provider(S3Endpoint s3) throws IOException {
    s3.createBucket("b");
    return Providers.on(s3, "b", temp).transferLimits(ONE_STREAM).build();
  }

  /** A source whose first byte costs a transfer of the same provider. */
  private static InputStream nested(FileAccessProvider provider, String name) {
    InputStream content = stream(name);
    return new FilterInputStream(content) {
      private boolean asked;

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        if (!asked) {
          asked = true;
          provider.putRawData(RawData.stream(stream("inner of " + name)));
        }
        return super.read(bytes, offset, length);
      }
    };
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  @Rule("F86")
  void streamsWhoseSourcesUseTheProviderArrive() throws Exception {
    try (S3Endpoint s3 = S3Endpoint.start();
        FileAccessProvider provider = provider(s3)) {
      var first = provider.putRawDataAsync(RawData.stream(nested(provider, "first")));
      var second = provider.putRawDataAsync(RawData.stream(nested(provider, "second")));
      first.get();
      second.get();
      assertThat(s3.keys("b")).hasSize(4);
    }
  }

  @Test
  @Rule("F90")
  void aSecondOutputWaitsWhileTheFirstMoves() throws Exception {
    try (S3Endpoint s3 = S3Endpoint.start();
        FileAccessProvider provider = provider(s3)) {
      CompletableFuture<Void> second;
      try (PendingOutput first = provider.openWrite("s3://b/first")) {
        second =
            CompletableFuture.runAsync(
                () -> {
                  try (PendingOutput other = provider.openWrite("s3://b/second")) {
                    other.write(2);
                    other.commit();
                  } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                  }
                });
        long end = System.nanoTime() + 3_000_000_000L;
        while (System.nanoTime() < end) {
          first.write(1); // it moves, so the other one waits
          Thread.onSpinWait();
        }
        assertThat(second).isNotDone();
        first.commit();
      }
      second.get();
      assertThat(s3.keys("b")).containsExactlyInAnyOrder("first", "second");
    }
  }

  @Test
  @Rule("F90")
  void outputsThatOneThreadOpensAreNoTrap() throws Exception {
    try (S3Endpoint s3 = S3Endpoint.start();
        FileAccessProvider provider = provider(s3)) {
      List<PendingOutput> open = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        open.add(provider.openWrite("s3://b/" + i));
      }
      for (PendingOutput each : open) {
        each.write(1);
        each.commit();
        each.close();
      }
      assertThat(s3.keys("b")).hasSize(3);
    }
  }

  @Test
  @Rule("F93")
  void manyAsyncCallsUseFewThreads() throws Exception {
    try (FileAccessProvider provider = Providers.onDisk(temp, temp.resolve("s")).build()) {
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      CountDownLatch go = new CountDownLatch(1);
      List<CompletableFuture<?>> calls = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        InputStream source =
            new FilterInputStream(stream("x")) {
              @Override
              public int read(byte[] bytes, int offset, int length) throws IOException {
                threads.add(Thread.currentThread());
                try {
                  go.await();
                } catch (InterruptedException stopped) {
                  throw new IOException(stopped);
                }
                return super.read(bytes, offset, length);
              }
            };
        calls.add(provider.putRawDataAsync(RawData.stream(source)));
      }
      CompletableFuture<?> last = calls.get(499);
      assertThat(last.cancel(true)).isTrue();
      go.countDown();
      for (CompletableFuture<?> call : calls.subList(0, 499)) {
        call.get();
      }
      assertThat(threads).hasSizeLessThanOrEqualTo(64);
    }
  }

  @Test
  @Rule("F94")
  void partsThatNoArrayHoldsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransferLimits.defaults().withPartSizeBytes((1L << 30) + 1))
        .withMessageContaining("partSizeBytes");
  }
}
