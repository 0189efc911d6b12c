/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AsyncTest {
  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule("FAP-C6")
  void everyTransferCanRunInTheBackground(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      FileAccessProvider provider = site.provider();
      Path file = Files.writeString(Files.createDirectories(temp.resolve("d")).resolve("x"), "1");
      BlobDimensionality many = BlobDimensionality.MULTIPART;
      List<CompletableFuture<TransferReport>> puts =
          List.of(
              provider.putDataAsync(file, site.uri("one")),
              provider.putDataAsync(file.getParent(), site.uri("t"), many),
              provider.putRawDataAsync(RawData.text("raw")));
      for (CompletableFuture<TransferReport> put : puts) {
        assertThat(put.get(60, TimeUnit.SECONDS).files()).isEqualTo(1);
      }
      CopyOptions options = CopyOptions.defaults().withShape(BlobDimensionality.SINGLE);
      List<CompletableFuture<TransferReport>> gets =
          List.of(
              provider.getDataAsync(site.uri("one"), temp.resolve("back")),
              provider.getDataAsync(site.uri("t"), temp.resolve("tree"), many),
              provider.copyAsync(site.uri("one"), site.uri("copy"), options));
      for (CompletableFuture<TransferReport> get : gets) {
        assertThat(get.get(60, TimeUnit.SECONDS).files()).isEqualTo(1);
      }
      assertThat(provider.getDataAsync(site.uri("none"), temp.resolve("no")))
          .failsWithin(Duration.ofSeconds(60))
          .withThrowableOfType(ExecutionException.class)
          .withCauseInstanceOf(TransferException.class);
    }
  }

  @Test
  @Rule("FAP-C6")
  void anErrorEndsTheFutureToo() throws Exception {
    try (Site site = Site.open(Site.Kind.LOCAL, temp)) {
      InputStream defective =
          new InputStream() {
            @Override
            public int read() {
              throw new AssertionError("a defect of the caller's stream");
            }
          };
      assertThat(site.provider().putRawDataAsync(RawData.stream(defective)))
          .failsWithin(Duration.ofSeconds(60))
          .withThrowableOfType(ExecutionException.class)
          .withCauseInstanceOf(AssertionError.class);
      assertThat(site.everything()).isEmpty();
    }
  }

  /** One kind of request waits until the test has cancelled. */
  private final S3Endpoint endpoint = S3Endpoint.start();

  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch mayGoOn = new CountDownLatch(1);
  private Site.S3 slow;

  @BeforeEach
  void open() throws IOException {
    slow = Site.s3(endpoint, FileAccessProvider.builder().localSandboxDir(temp.resolve("sandbox")));
  }

  @AfterEach
  void close() {
    mayGoOn.countDown();
    slow.close();
    endpoint.close();
  }

  private void holdUp(RequestKind held, int number) {
    endpoint.resetRequests();
    endpoint.onRequest(
        (kind, ordinal) -> {
          if (kind == held && endpoint.count(held) >= number) {
            arrived.countDown();
            try {
              mayGoOn.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
              Thread.currentThread().interrupt();
            }
          }
        });
  }

  private void cancelAndClose(CompletableFuture<?> running) throws InterruptedException {
    assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(running.cancel(true)).isTrue();
    assertThatThrownBy(running::join).isInstanceOf(CancellationException.class);
    mayGoOn.countDown();
    slow.provider().close(); // waits until all is cleaned up
  }

  @Test
  @Rule({"FAP-C6", "W-24"})
  void aCancelledUploadLeavesNothing() throws Exception {
    Path large = Files.write(temp.resolve("large"), new byte[60 << 20]);
    holdUp(RequestKind.UPLOAD_PART, 1);
    cancelAndClose(slow.provider().putDataAsync(large, slow.uri("large")));
    assertThat(slow.everything()).isEmpty();
  }

  @Test
  @Rule({"FAP-C6", "W-24"})
  void aCancelledStreamLeavesNothing() throws Exception {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 1;
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            return length;
          }
        };
    holdUp(RequestKind.UPLOAD_PART, 2);
    cancelAndClose(slow.provider().putRawDataAsync(RawData.stream(endless)));
    assertThat(slow.everything()).isEmpty();
  }

  @Test
  @Rule({"FAP-C6", "W-24"})
  void aCancelledDownloadLeavesNoTemporaryFile() throws Exception {
    slow.putDirectly("large", new byte[60 << 20]);
    slow.putDirectly("d/x", new byte[10]);
    Path out = temp.resolve("out");
    holdUp(RequestKind.GET_OBJECT, 2);
    cancelAndClose(slow.provider().getDataAsync(slow.uri("large"), out.resolve("large")));
    if (Files.exists(out)) {
      try (Stream<Path> left = Files.list(out)) {
        assertThat(left).isEmpty();
      }
    }
  }

  @Test
  @Rule({"FAP-C6", "W-24"})
  void aCancelledCopyLeavesWholeFilesAlone() throws Exception {
    Path from = Files.createDirectories(temp.resolve("from"));
    Files.write(from.resolve("large"), new byte[60 << 20]);
    slow.putDirectly("before", new byte[1]);
    holdUp(RequestKind.UPLOAD_PART, 1);
    cancelAndClose(
        slow.provider()
            .copyAsync(
                from.toString(),
                slow.uri("to"),
                CopyOptions.defaults().withShape(BlobDimensionality.MULTIPART)));
    assertThat(slow.everything()).containsExactly("before");
    assertThat(from.resolve("large")).hasSize(60 << 20);
  }

  @Test
  @Rule({"FAP-C6", "W-24"})
  void closingTheProviderEndsWhatRuns() throws Exception {
    Path large = Files.write(temp.resolve("large"), new byte[60 << 20]);
    holdUp(RequestKind.UPLOAD_PART, 1);
    CompletableFuture<TransferReport> running =
        slow.provider().putDataAsync(large, slow.uri("large"));
    assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
    mayGoOn.countDown();
    slow.provider().close();
    assertThat(running).isDone();
    if (running.isCompletedExceptionally()) {
      assertThat(slow.everything()).isEmpty();
    } else {
      assertThat(slow.everything()).containsExactly("large");
    }
  }
}
