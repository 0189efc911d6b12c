/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.store.StoreTraits.ParallelWrites;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.multipart.MultipartStore;
import io.github.flytehadoop.store.multipart.MultipartUpload;
import io.github.flytehadoop.store.multipart.MultipartWrite;
import io.github.flytehadoop.store.multipart.Part;
import io.github.flytehadoop.store.multipart.PartSource;
import io.github.flytehadoop.store.multipart.UploadedPart;
import io.github.flytehadoop.testkit.Rule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that several workers write in parts, where the traits say that they can. */
abstract class StorePartsContract extends StoreContract {
  private MultipartStore parted;

  @BeforeEach
  final void askTheTraits() throws IOException {
    boolean parts = fixture().traits().parallelWrite() == ParallelWrites.PARTS;
    assertThat(store() instanceof MultipartStore).isIn(true, parts);
    assumeTrue(parts, "one machine writes a file here");
    parted = (MultipartStore) store();
  }

  private MultipartWrite start(String name, byte[] content, WriteOptions options)
      throws IOException {
    MultipartWrite write = parted.startParts(at(name), options, part());
    assumeTrue(write != null, "one stream writes a file here");
    assertThat(write.upload().lengthBytes()).isEqualTo(content.length);
    return write;
  }

  private MultipartWrite start(String name, byte[] content) throws IOException {
    return start(name, content, WriteOptions.ofLength(content.length));
  }

  private static PartSource source(byte[] content, MultipartUpload upload, int number) {
    int offset = (int) upload.part(number).offset();
    int length = (int) upload.part(number).lengthBytes();
    return () -> new ByteArrayInputStream(content, offset, length);
  }

  private UploadedPart send(byte[] content, MultipartUpload upload, int number) throws IOException {
    return parted.sendPart(upload, upload.part(number), source(content, upload, number));
  }

  private List<UploadedPart> sendAll(byte[] content, MultipartUpload upload) throws IOException {
    List<UploadedPart> sent = new ArrayList<>();
    for (int number = 1; number <= upload.parts(); number++) {
      sent.add(send(content, upload, number));
    }
    return sent;
  }

  @Test
  void partsMayComeInAnyOrderAndTwice() throws Exception {
    byte[] content = bytes(1, 3 * part() + 5);
    Map<String, String> metadata = Map.of("who", "me", "content-type", "text/plain");
    WriteOptions options =
        new WriteOptions(content.length, metadata, WriteOptions.Existing.REPLACE);
    try (MultipartWrite write = start("d/file", content, options)) {
      MultipartUpload upload = write.upload();
      List<UploadedPart> sent = Collections.synchronizedList(new ArrayList<>());
      inParallel(
          4, upload.parts(), index -> sent.add(send(content, upload, upload.parts() - index)));
      sent.add(send(content, upload, 1));
      assertThat(isThere(at("d/file"))).isFalse();
      if (isThere(root())) {
        assertThat(filesBelow(root())).isEmpty();
      }
      write.commit(sent);
    }
    assertThat(get(at("d/file"))).isEqualTo(content);
    assertThat(store().metadata(at("d/file"))).isEqualTo(metadata);
    assertThat(filesBelow(root())).containsExactly("d/file");
    assertThat(fixture().leftovers(root())).isEmpty();
  }

  @Test
  void aFileOfOnePartIsAFile() throws IOException {
    byte[] content = bytes(2, 100);
    try (MultipartWrite write = start("file", content)) {
      write.commit(sendAll(content, write.upload()));
    }
    assertThat(get(at("file"))).isEqualTo(content);
    assertThat(fixture().leftovers(root())).isEmpty();
  }

  @Test
  void closingWithoutACommitLeavesNothing() throws IOException {
    byte[] content = bytes(3, 2 * part());
    MultipartWrite write = start("d/file", content);
    sendAll(content, write.upload());
    write.close();
    write.close();
    assertThatThrownBy(() -> write.commit(List.of())).isInstanceOf(IllegalStateException.class);
    assertNothingLeft(root());
  }

  @Test
  @Rule("F48")
  void aPartThatComesAfterTheEndIsRefusedAndLeavesNothing() throws IOException {
    byte[] content = bytes(4, 2 * part());
    MultipartWrite aborted = start("d/file", content);
    aborted.close();
    refusedLate(() -> send(content, aborted.upload(), 1));
    assertNothingLeft(root());

    MultipartWrite committed = start("d/file", content);
    committed.commit(sendAll(content, committed.upload()));
    refusedLate(() -> send(bytes(5, 2 * part()), committed.upload(), 1));
    assertThat(get(at("d/file"))).isEqualTo(content);
    assertThat(fixture().leftovers(root())).isEmpty();
  }

  private void refusedLate(ThrowingCallable send) {
    if (fixture().refusesLateParts()) {
      failureOf(send);
    } else {
      assertThatCode(send).as("else the fixture is wrong").doesNotThrowAnyException();
    }
  }

  @Test
  @Rule("F95")
  void aThreadThatIsCancelledAtTheStartLeavesNothing() throws IOException {
    byte[] content = bytes(13, 2 * part());
    Thread.currentThread().interrupt();
    try (MultipartWrite write =
        parted.startParts(at("d/file"), WriteOptions.ofLength(content.length), part())) {
      if (write != null) {
        send(content, write.upload(), 1);
      }
    } catch (TransferException cancelled) {
      assertThat(cancelled.kind()).as(cancelled.getMessage()).isEqualTo(FailureKind.INTERRUPTED);
    } finally {
      Thread.interrupted();
    }
    assertNothingLeft(root());
  }

  @Test
  @Rule("F95")
  void closingWhileAPartIsSentLeavesNothing() throws Exception {
    byte[] content = bytes(14, 2 * part());
    MultipartWrite write = start("d/file", content);
    Part first = write.upload().part(1);
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    PartSource slow =
        () ->
            new ByteArrayInputStream(content, 0, part()) {
              @Override
              public synchronized int read(byte[] bytes, int offset, int length) {
                if (pos >= part() / 2) {
                  reading.countDown();
                  await(closed);
                }
                return super.read(bytes, offset, Math.min(length, part() / 2));
              }
            };
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(
            () -> {
              try {
                parted.sendPart(write.upload(), first, slow);
              } catch (IOException late) {
                assertThat(late).isInstanceOf(TransferException.class);
              } finally {
                reading.countDown();
              }
            });
    reading.await();
    write.close();
    closed.countDown();
    sending.get();
    assertNothingLeft(root());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aFileThatLacksAPartIsNotPublished() throws IOException {
    byte[] content = bytes(6, 2 * part() + 1);
    try (MultipartWrite write = start("d/file", content)) {
      List<UploadedPart> sent = sendAll(content, write.upload());
      assertFails(FailureKind.INTEGRITY, () -> write.commit(sent.subList(0, sent.size() - 1)));
    }
    assertNothingLeft(root());
  }

  @Test
  void aSourceThatFailsSaysWhyAndIsNotHidden() throws IOException {
    byte[] content = bytes(7, 2 * part());
    TransferException why =
        new TransferException(FailureKind.SOURCE_CHANGED, "x", "another version", null);
    PartSource broken =
        () ->
            new ByteArrayInputStream(content, 0, part()) {
              @Override
              public int read(byte[] bytes, int offset, int length) {
                if (pos > 0) {
                  throw new AssertionError("read on after a failure");
                }
                return sneaky(why);
              }
            };
    try (MultipartWrite write = start("d/file", content)) {
      assertThatThrownBy(() -> parted.sendPart(write.upload(), write.upload().part(1), broken))
          .isSameAs(why);
    }
    assertNothingLeft(root());
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> int sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void aShortSourceIsRefused() throws IOException {
    byte[] content = bytes(8, 2 * part());
    try (MultipartWrite write = start("d/file", content)) {
      assertThatThrownBy(
              () ->
                  parted.sendPart(
                      write.upload(),
                      write.upload().part(1),
                      () -> new ByteArrayInputStream(content, 0, 10)))
          .isInstanceOf(TransferException.class);
    }
    assertNothingLeft(root());
  }

  @Test
  void refusingKeepsTheOldFile() throws IOException {
    put(at("file"), bytes(9, 10));
    byte[] content = bytes(10, part() + 1);
    WriteOptions options = new WriteOptions(content.length, Map.of(), WriteOptions.Existing.REFUSE);
    try (MultipartWrite write = start("file", content, options)) {
      List<UploadedPart> sent = sendAll(content, write.upload());
      if (fixture().partsRefuse()) {
        assertFails(FailureKind.CONFLICT, () -> write.commit(sent));
        assertThat(get(at("file"))).isEqualTo(bytes(9, 10));
      } else {
        write.commit(sent);
        assertThat(get(at("file"))).as("else the fixture is wrong").isEqualTo(content);
      }
    }
    assertThat(fixture().leftovers(root())).isEmpty();
  }

  @Test
  void replacingKeepsTheOldFileUntilTheCommit() throws IOException {
    put(at("file"), bytes(11, 10));
    byte[] content = bytes(12, part() + 1);
    try (MultipartWrite write = start("file", content)) {
      List<UploadedPart> sent = sendAll(content, write.upload());
      assertThat(get(at("file"))).isEqualTo(bytes(11, 10));
      write.commit(sent);
    }
    assertThat(get(at("file"))).isEqualTo(content);
  }
}
