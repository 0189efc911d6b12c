/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import static io.github.flytehadoop.store.local.LocalDisk.STORE;
import static io.github.flytehadoop.store.local.LocalDisk.assertFails;
import static io.github.flytehadoop.store.local.LocalDisk.at;
import static io.github.flytehadoop.store.local.LocalDisk.names;
import static io.github.flytehadoop.store.local.LocalDisk.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.ParallelWrite;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks that fill up or break, and files that others touch meanwhile. */
class LocalFaultsTest {
  private static final IOException FULL = new IOException("No space left on device");

  @TempDir Path root;

  @Test
  @Rule("F36")
  void aFullDiskLeavesNothingAndSaysWhatToDo() throws IOException {
    Files.writeString(root.resolve("file"), "old");
    LocalStore full = new LocalStore(FailingChannel.after(100, FULL));
    ObjectWrite write = full.write(at(root.resolve("file")), WriteOptions.ofLength(300));
    write.write(new byte[90]);
    assertThat(names(root)).hasSize(2);
    assertThat(assertFails(FailureKind.LOCAL_IO, () -> write.write(new byte[200])))
        .hasMessageContaining("file: no space left on device. Free some space")
        .hasCause(FULL);
    assertThat(names(root)).as("freed at once").containsExactly("file");
    assertThatThrownBy(write::commit).isInstanceOf(IllegalStateException.class);
    assertThat(root.resolve("file")).hasContent("old");
  }

  @Test
  @Rule("F36")
  void aFullDiskEndsAParallelWrite() throws IOException {
    LocalStore full = new LocalStore(FailingChannel.after(100, FULL));
    ParallelWrite write = full.writeParallel(at(root.resolve("file")), WriteOptions.ofLength(300));
    write.writeAt(200, ByteBuffer.wrap(new byte[100]));
    assertFails(FailureKind.LOCAL_IO, () -> write.writeAt(0, ByteBuffer.wrap(new byte[100])));
    assertThat(names(root)).isEmpty();
    assertThatThrownBy(write::commit).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @Rule({"F36", "F39"})
  @EnumSource(WriteOptions.Existing.class)
  void aDiskThatFailsAtTheCloseLeavesNothing(WriteOptions.Existing existing) throws IOException {
    LocalStore broken = new LocalStore(FailingChannel.after(10, new IOException("Quota exceeded")));
    WriteOptions options = new WriteOptions(10, Map.of(), existing);
    assertThat(
            assertFails(
                FailureKind.LOCAL_IO,
                () -> LocalDisk.write(broken, root.resolve("file"), new byte[10], options)))
        .hasMessageContaining("Free some space");
    assertThat(names(root)).isEmpty();
  }

  @Test
  @Rule("F39")
  void aFileThatCannotBeCreatedFails() throws IOException {
    LocalStore broken =
        new LocalStore(
            path -> {
              throw new java.nio.file.FileSystemException(
                  path.toString(), null, "Too many open files");
            });
    assertThat(
            assertFails(
                FailureKind.LOCAL_IO,
                () -> broken.write(at(root.resolve("file")), WriteOptions.ofLength(1))))
        .hasMessageContaining("too many open files");
    assertThat(names(root)).isEmpty();
  }

  @ParameterizedTest
  @Rule("F45")
  @EnumSource(WriteOptions.Existing.class)
  void aTemporaryFileThatACleanerRemovedIsWorthAnotherTry(WriteOptions.Existing existing)
      throws IOException {
    WriteOptions options = new WriteOptions(10, Map.of(), existing);
    try (ObjectWrite write = STORE.write(at(root.resolve("file")), options)) {
      write.write(new byte[10]);
      for (String name : names(root).toList()) {
        assertThat(name).matches("\\._flyte_tmp_[0-9a-f]{16}");
        Files.delete(root.resolve(name));
      }
      assertThat(assertFails(FailureKind.INTEGRITY, write::commit).recoverable()).isTrue();
    }
    assertThat(names(root)).isEmpty();
  }

  @Test
  @Rule("B31")
  void aTemporaryNameFitsWhateverTheNameIs() throws IOException {
    Path longest = root.resolve("n".repeat(255));
    LocalDisk.write(STORE, longest, new byte[] {1}, WriteOptions.ofLength(1));
    assertThat(names(root)).containsExactly("n".repeat(255));
    Path longer = root.resolve("n".repeat(256));
    assertFails(
        FailureKind.UNSUPPORTED, () -> STORE.write(at(longer), WriteOptions.ofLength(1)).close());
    assertFails(FailureKind.UNSUPPORTED, () -> STORE.stat(at(longer)));
  }

  @Test
  void anInterruptedThreadStopsWriting() throws IOException {
    try (ObjectWrite write = STORE.write(at(root.resolve("file")), WriteOptions.ofLength(1))) {
      Thread.currentThread().interrupt();
      assertFails(FailureKind.INTERRUPTED, () -> write.write(1));
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(names(root)).isEmpty();
  }

  @Test
  @Rule({"F31", "B51"})
  void aFileThatIsWrittenInPlaceWhileItIsReadFails() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "a".repeat(500_000));
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(10)));
    Attributes pinned = STORE.stat(at(file));
    try (InputStream in = STORE.open(at(file), pinned, ByteRange.WHOLE)) {
      in.readNBytes(1000);
      Files.writeString(file, "b".repeat(500_000), StandardOpenOption.WRITE);
      assertFails(FailureKind.SOURCE_CHANGED, in::readAllBytes);
    }
  }

  @ParameterizedTest
  @Rule({"F31", "B51"})
  @ValueSource(ints = {100, 600_000})
  void aFileThatIsCutOrGrowsWhileItIsReadFails(int newLength) throws IOException {
    Path file = Files.writeString(root.resolve("file"), "a".repeat(500_000));
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(10)));
    Attributes pinned = STORE.stat(at(file));
    try (InputStream in = STORE.open(at(file), pinned, ByteRange.WHOLE)) {
      in.readNBytes(1000);
      try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
        channel.truncate(newLength).position(newLength - 1L).write(ByteBuffer.wrap(new byte[1]));
      }
      assertFails(FailureKind.SOURCE_CHANGED, in::readAllBytes);
    }
  }

  @Test
  @Rule("F31")
  void aFileThatIsReplacedOrRemovedWhileItIsReadStaysWhole() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "a".repeat(500_000));
    Attributes pinned = STORE.stat(at(file));
    try (InputStream in = STORE.open(at(file), pinned, ByteRange.WHOLE)) {
      in.readNBytes(1000);
      LocalDisk.write(STORE, file, new byte[10], WriteOptions.ofLength(10));
      assertThat(in.readAllBytes()).hasSize(499_000).containsOnly('a');
    }
    Attributes small = STORE.stat(at(file));
    try (InputStream in = STORE.open(at(file), small, ByteRange.WHOLE)) {
      in.readNBytes(5);
      Files.delete(file);
      assertThat(in.readAllBytes()).hasSize(5);
    }
  }

  @Test
  @Rule("F29")
  void aFileOfAnotherTimeIsAnotherVersion() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "content");
    Instant then = Instant.parse("2026-01-02T03:04:05.123456789Z");
    Files.setLastModifiedTime(file, FileTime.from(then));
    Attributes pinned = STORE.stat(at(file));
    assertThat(read(file, pinned)).isEqualTo("content");
    assertThat(read(file, withTime(pinned, Instant.parse("2026-01-02T03:04:05.123Z"))))
        .as("through a plan in milliseconds")
        .isEqualTo("content");
    Files.setLastModifiedTime(file, FileTime.from(then.plusNanos(1000)));
    assertFails(FailureKind.SOURCE_CHANGED, () -> read(file, pinned));
  }

  private static Attributes withTime(Attributes attributes, Instant modified) {
    return new Attributes(attributes.kind(), attributes.lengthBytes(), modified, null, null);
  }

  @Test
  void aLinkIsReplacedNotWrittenThrough() throws IOException {
    Path precious = Files.writeString(root.resolve("precious"), "precious");
    Path link = Files.createSymbolicLink(root.resolve("link"), precious);
    LocalDisk.write(STORE, link, new byte[] {'x'}, WriteOptions.ofLength(1));
    assertThat(precious).hasContent("precious");
    assertThat(Files.isSymbolicLink(link)).isFalse();
    assertThat(link).hasContent("x");
  }

  /** Looking first and renaming then loses this race within a few hundred rounds. */
  @Test
  @Rule("F32")
  void ofTwoWritersWhoRefuseToReplaceOneWins() throws Exception {
    WriteOptions refuse = new WriteOptions(1, Map.of(), WriteOptions.Existing.REFUSE);
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 500; round++) {
        Location file = at(root.resolve("file" + round));
        AtomicInteger ready = new AtomicInteger();
        Callable<Boolean> writer =
            () -> {
              try (ObjectWrite write = STORE.write(file, refuse)) {
                ready.incrementAndGet();
                while (ready.get() < 2) {
                  Thread.onSpinWait();
                }
                write.commit();
                return true;
              } catch (TransferException lost) {
                assertThat(lost.kind()).isEqualTo(FailureKind.CONFLICT);
                return false;
              }
            };
        List<Boolean> won = new ArrayList<>();
        for (Future<Boolean> result : executor.invokeAll(List.of(writer, writer))) {
          won.add(result.get());
        }
        assertThat(won).as("round %d", round).containsExactlyInAnyOrder(true, false);
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(names(root)).hasSize(500);
  }

  @Test
  void theRootOfTheDiskIsNotDeleted() throws IOException {
    Attributes directory = STORE.stat(at(root));
    assertFails(FailureKind.CONFLICT, () -> STORE.delete(at(Path.of("/")), directory));
  }

  @Test
  void aTargetThatEndsWithASeparatorIsNoFile() {
    assertFails(
        FailureKind.UNSUPPORTED,
        () -> STORE.write(Location.parse(root + "/d/"), WriteOptions.ofLength(1)));
  }
}
