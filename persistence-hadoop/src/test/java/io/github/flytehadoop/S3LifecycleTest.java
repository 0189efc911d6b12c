/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static io.github.flytehadoop.testkit.s3.RequestKind.COMPLETE_MULTIPART;
import static io.github.flytehadoop.testkit.s3.RequestKind.GET_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.UPLOAD_PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.ProgressListener;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cancelling, closing, sharing one provider among threads, and listeners that misbehave. */
@Timeout(120)
@Tag("slow")
class S3LifecycleTest {
  private static final int PART = 5 << 20;

  @TempDir Path temp;
  private final S3Endpoint s3 = S3Endpoint.start();
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private FileAccessProvider provider;

  @BeforeEach
  void start() throws Exception {
    s3.createBucket("b");
    provider = provider(new ProgressListener() {});
  }

  private FileAccessProvider provider(ProgressListener listener) throws Exception {
    return Providers.on(s3, "b", temp.resolve("sandbox"))
        .transferLimits(
            TransferLimits.defaults()
                .withFilesInFlight(4)
                .withPartsInFlight(3)
                .withBufferedBytes(30 << 20)
                .withPartSizeBytes(PART))
        .progress(listener)
        .build();
  }

  @AfterEach
  void stop() {
    provider.close();
    callers.shutdownNow();
    s3.close();
  }

  private Path large(String name) throws Exception {
    Path file = temp.resolve("in").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, new byte[6 * PART]);
  }

  private void nothingIsLeft() throws Exception {
    assertThat(s3.keys("b")).isEmpty();
    assertThat(s3.pendingUploads("b")).isEmpty();
    Path out = temp.resolve("out");
    if (Files.exists(out)) {
      try (Stream<Path> found = Files.walk(out)) {
        assertThat(found.filter(Files::isRegularFile)).isEmpty();
      }
    }
  }

  /**
   * Opens once so many requests of a kind have come in. No upload can come to its end meanwhile,
   * however late this thread is: its last request is dropped.
   */
  private CountDownLatch after(RequestKind kind, int count) {
    CountDownLatch latch = new CountDownLatch(count);
    s3.latency(Duration.ofMillis(50));
    s3.onRequest(
        (arrived, ordinal) -> {
          if (arrived == kind) {
            latch.countDown();
          }
          if (arrived == COMPLETE_MULTIPART) {
            throw new IllegalStateException("dropped");
          }
        });
    return latch;
  }

  @Test
  @Rule({"FAP-C6", "F41"})
  void aCancelledUploadLeavesNothing() throws Exception {
    CountDownLatch sending = after(UPLOAD_PART, 2);
    CompletableFuture<TransferReport> put = provider.putDataAsync(large("f"), "s3://b/raw/f");
    sending.await();
    assertThat(put.cancel(true)).isTrue();
    assertThat(put).isCancelled();
    provider.close();
    nothingIsLeft();
  }

  @Test
  @Rule({"FAP-C6", "F41"})
  void aCancelledStreamLeavesNothing() throws Exception {
    CountDownLatch sending = after(UPLOAD_PART, 2);
    CompletableFuture<TransferReport> put =
        provider.putRawDataAsync(RawData.stream(new ByteArrayInputStream(new byte[10 * PART])));
    sending.await();
    put.cancel(true);
    provider.close();
    nothingIsLeft();
  }

  @Test
  @Rule({"FAP-C6", "F41"})
  void aCancelledDownloadLeavesNothing() throws Exception {
    s3.putDirectly("b", "large", new byte[6 * PART]);
    CountDownLatch reading = after(GET_OBJECT, 2);
    CompletableFuture<TransferReport> get =
        provider.getDataAsync("s3://b/large", temp.resolve("out/large"));
    reading.await();
    get.cancel(true);
    provider.close();
    s3.deleteDirectly("b", "large");
    nothingIsLeft();
  }

  @Test
  void closingEndsACallWithAnErrorThatSaysSo() throws Exception {
    for (int i = 0; i < 6; i++) {
      large("d/" + i);
    }
    CountDownLatch sending = after(UPLOAD_PART, 2);
    Future<Throwable> call =
        callers.submit(
            () -> {
              Throwable thrown =
                  catchThrowable(
                      () ->
                          provider.putData(
                              temp.resolve("in/d"), "s3://b/d", BlobDimensionality.MULTIPART));
              assertThat(Thread.currentThread().isInterrupted()).isFalse();
              return thrown;
            });
    sending.await();
    provider.close();
    TransferException failure = (TransferException) call.get();
    assertThat(failure.kind()).isEqualTo(FailureKind.INTERRUPTED);
    assertThat(failure.report()).isNotNull();
    assertThat(failure.failures()).hasSize(6);
    nothingIsLeft();
    assertThatThrownBy(() -> provider.putRawData(RawData.text("late")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void anInterruptedCallerLeavesNothingAndStaysInterrupted() throws Exception {
    CountDownLatch sending = after(UPLOAD_PART, 2);
    Path file = large("f");
    Future<Boolean> call =
        callers.submit(
            () -> {
              TransferException failure =
                  catchThrowableOfType(
                      TransferException.class, () -> provider.putData(file, "s3://b/raw/f"));
              assertThat(failure.kind()).isEqualTo(FailureKind.INTERRUPTED);
              return Thread.currentThread().isInterrupted();
            });
    sending.await();
    callers.shutdownNow();
    assertThat(call.get()).isTrue();
    nothingIsLeft();
  }

  private interface Put {
    TransferReport to(String target) throws Exception;
  }

  private int mostInFlight(Put put) throws Exception {
    s3.resetRequests();
    List<Callable<TransferReport>> calls = new ArrayList<>();
    for (int call = 0; call < 6; call++) {
      String target = "s3://b/large" + call;
      calls.add(() -> put.to(target));
    }
    for (Future<TransferReport> report : callers.invokeAll(calls)) {
      assertThat(report.get().files()).isEqualTo(1);
    }
    return s3.maxInFlight();
  }

  @Test
  @Rule("W-25")
  void requestsAndPartsInFlightAreBoundedOverAllCalls() throws Exception {
    s3.latency(Duration.ofMillis(20));
    for (int i = 0; i < 30; i++) {
      Path file = temp.resolve("small/" + i);
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[1000]);
    }
    List<Callable<TransferReport>> calls = new ArrayList<>();
    for (int call = 0; call < 4; call++) {
      String target = "s3://b/d" + call;
      calls.add(
          () -> provider.putData(temp.resolve("small"), target, BlobDimensionality.MULTIPART));
    }
    for (Future<TransferReport> report : callers.invokeAll(calls)) {
      assertThat(report.get().files()).isEqualTo(30);
    }
    assertThat(s3.maxInFlight()).isBetween(2, 3);
    Path file = large("f");
    assertThat(mostInFlight(target -> provider.putData(file, target)))
        .as("4 files of 3 parts, which are read where they lie")
        .isBetween(2, 12);
    assertThat(
            mostInFlight(
                target ->
                    provider.putRawData(
                        RawData.stream(new ByteArrayInputStream(new byte[6 * PART])))))
        .as("30 MiB of buffers are 6 parts")
        .isBetween(2, 6);
  }

  @Test
  void theLargestFileStartsFirst() throws Exception {
    List<String> started = new ArrayList<>();
    try (FileAccessProvider one =
        Providers.on(s3, "b", temp.resolve("sandbox"))
            .transferLimits(TransferLimits.defaults().withFilesInFlight(1).withPartsInFlight(1))
            .build()) {
      for (int i = 1; i <= 9; i++) {
        Files.write(
            Files.createDirectories(temp.resolve("in")).resolve("f" + i),
            new byte[1000 << (i * 7 % 10)]); // plans sort by powers of two
      }
      one.putData(temp.resolve("in"), "s3://b/d", BlobDimensionality.MULTIPART);
    }
    s3.requests().forEach(request -> started.add(request.key()));
    List<Integer> lengths = started.stream().map(key -> s3.bytes("b", key).length).toList();
    assertThat(lengths).hasSize(9).isSortedAccordingTo((a, b) -> Integer.compare(b, a));
  }

  @Test
  @Rule("F60")
  void aListenerThatThrowsOrHangsDoesNotTouchTheTransfer() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    for (ProgressListener bad :
        new ProgressListener[] {
          new ProgressListener() {
            @Override
            public void started(String path, long bytes) {
              throw new IllegalStateException("on purpose");
            }

            @Override
            public void finished(String path, long bytes) {
              throw new StackOverflowError("on purpose");
            }
          },
          new ProgressListener() {
            @Override
            public void planned(long files, long bytes) {
              try {
                never.await();
              } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
              }
            }
          }
        }) {
      try (FileAccessProvider listened = provider(bad)) {
        TransferReport report = listened.putData(large("f"), "s3://b/raw/f");
        assertThat(report.bytes()).isEqualTo(6 * PART);
      }
    }
  }

  @Test
  void aListenerHearsEverythingBeforeTheReport() throws Exception {
    AtomicLong bytes = new AtomicLong();
    List<String> events = new ArrayList<>();
    ProgressListener listener =
        new ProgressListener() {
          @Override
          public void planned(long files, long planned) {
            events.add("planned " + files + " " + planned);
          }

          @Override
          public void started(String path, long length) {
            events.add("started");
          }

          @Override
          public void advanced(long more) {
            bytes.addAndGet(more);
          }

          @Override
          public void finished(String path, long length) {
            events.add("finished " + length);
          }

          @Override
          public void failed(PathFailure failure) {
            events.add("failed " + failure.kind());
          }
        };
    try (FileAccessProvider heard = provider(listener)) {
      heard.putData(large("f"), "s3://b/raw/f");
      assertThat(events)
          .containsExactly("planned 1 " + 6 * PART, "started", "finished " + 6 * PART);
      assertThat(bytes).hasValue(6 * PART);
      events.clear();
      heard.putRawData(RawData.text("abc"));
      assertThat(events).containsExactly("planned 1 3", "started", "finished 3");
      events.clear();
      assertThat(catchThrowable(() -> heard.putRawData(RawData.stream(broken())))).isNotNull();
      assertThat(events).containsExactly("planned 1 0", "started", "failed LOCAL_IO");
    }
  }

  private static InputStream broken() {
    return new InputStream() {
      @Override
      public int read() throws java.io.IOException {
        throw new java.io.IOException("broken on purpose");
      }
    };
  }

  @Test
  void threadsAreGoneAfterClosing() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    FileAccessProvider second = provider(new ProgressListener() {});
    second.putDataAsync(large("f"), "s3://b/raw/f").get();
    second.getData("s3://b/raw/f", temp.resolve("out/f"));
    second.close();
    List<String> after =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !before.contains(thread))
            .filter(Thread::isAlive)
            .map(Thread::getName)
            .filter(name -> name.startsWith("flyte-") || name.startsWith("s3a-"))
            .collect(Collectors.toList());
    assertThat(after).isEmpty();
  }

  @Test
  void anErrorInTheBackgroundReachesTheFuture() {
    CompletableFuture<TransferReport> put =
        provider.putRawDataAsync(
            RawData.stream(
                new InputStream() {
                  @Override
                  public int read() {
                    throw new StackOverflowError("on purpose");
                  }
                }));
    assertThatThrownBy(put::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(StackOverflowError.class);
    assertThat(s3.keys("b")).isEmpty();
  }
}
