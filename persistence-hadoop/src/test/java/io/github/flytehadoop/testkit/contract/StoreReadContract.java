/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said of a file and read from it. */
abstract class StoreReadContract extends StoreContract {
  private static final int LENGTH = 200_000;

  @Test
  void theTraitsAreTrue() {
    assertThat(store().traits()).isEqualTo(fixture().traits());
  }

  @Test
  void aFileHasItsLengthAndAge() throws IOException {
    Instant before = Instant.now().minus(Duration.ofMinutes(1));
    put(at("file"), bytes(1, 1234));
    Attributes found = store().stat(at("file"));
    assertThat(found.kind()).isEqualTo(Attributes.Kind.FILE);
    assertThat(found.lengthBytes()).isEqualTo(1234);
    assertThat(found.modified()).isBetween(before, Instant.now().plus(Duration.ofMinutes(1)));
  }

  @Test
  void aDirectoryIsOne() throws IOException {
    put(at("d/e/file"), bytes(1, 10));
    assertThat(store().stat(at("d/e")).isDirectory()).isTrue();
    assertThat(store().stat(at("d")).isDirectory()).isTrue();
    assertThat(store().stat(root()).isDirectory()).isTrue();
  }

  @Test
  @Rule({"B36", "FAP-GD-2"})
  void missingFileIsNotFound() {
    assertFails(FailureKind.NOT_FOUND, () -> store().stat(at("missing")));
    assertFails(FailureKind.NOT_FOUND, () -> store().stat(at("missing/below")));
  }

  @ParameterizedTest(name = "{0} parts and {1} bytes")
  @Rule({"B46", "B47"})
  @CsvSource({"0, 0", "0, 1", "1, -1", "1, 0", "1, 1", "2, 0", "2, 17"})
  void everyByteComesBack(int parts, int more) throws IOException {
    byte[] content = bytes(parts * 31L + more, parts * part() + more);
    put(at("file"), content);
    assertThat(store().stat(at("file")).lengthBytes()).isEqualTo(content.length);
    assertThat(get(at("file"))).isEqualTo(content);
  }

  @ParameterizedTest(name = "{1} bytes from {0}")
  @Rule("F07")
  @CsvSource({
    "0, 1",
    "0, 200000",
    "1, 1",
    "65535, 2",
    "65536, 65536",
    "199999, 1",
    "100000, -1",
    "0, 0",
    "7, 0",
    "199999, -1"
  })
  void aRangeIsExact(int offset, int length) throws IOException {
    byte[] content = bytes(2, LENGTH);
    put(at("file"), content);
    int end = length < 0 ? LENGTH : offset + length;
    assertThat(get(at("file"), store().stat(at("file")), new ByteRange(offset, length)))
        .isEqualTo(Arrays.copyOfRange(content, offset, end));
  }

  @Test
  @Rule("B57")
  void aRangeEndsWithTheFile() throws IOException {
    byte[] content = bytes(3, 1000);
    put(at("file"), content);
    Attributes found = store().stat(at("file"));
    assertThat(get(at("file"), found, new ByteRange(900, 200)))
        .isEqualTo(Arrays.copyOfRange(content, 900, 1000));
    assertThat(get(at("file"), found, new ByteRange(1000, 10))).isEmpty();
    assertThat(get(at("file"), found, new ByteRange(1000, -1))).isEmpty();
  }

  @ParameterizedTest
  @Rule("B57")
  @ValueSource(longs = {1001, 1L << 40})
  void aRangeBehindTheFileIsRefused(long offset) throws IOException {
    put(at("file"), bytes(3, 1000));
    Attributes found = store().stat(at("file"));
    failureOf(() -> get(at("file"), found, new ByteRange(offset, 10)));
  }

  @Test
  void anEmptyFileEndsAtOnce() throws IOException {
    put(at("file"), new byte[0]);
    try (InputStream in = store().open(at("file"), store().stat(at("file")), ByteRange.WHOLE)) {
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read(new byte[10])).isEqualTo(-1);
    }
  }

  @Test
  void theEndIsReportedAgain() throws IOException {
    put(at("file"), bytes(4, 10));
    try (InputStream in = store().open(at("file"), store().stat(at("file")), ByteRange.WHOLE)) {
      assertThat(in.readNBytes(100)).isEqualTo(bytes(4, 10));
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read(new byte[10])).isEqualTo(-1);
    }
  }

  @Test
  void singleBytesAreUnsigned() throws IOException {
    put(at("file"), new byte[] {(byte) 0xff, 0, (byte) 0x80});
    try (InputStream in = store().open(at("file"), store().stat(at("file")), ByteRange.WHOLE)) {
      assertThat(List.of(in.read(), in.read(), in.read(), in.read()))
          .containsExactly(0xff, 0, 0x80, -1);
    }
  }

  @Test
  void attributesOfAListingOpenTheFile() throws IOException {
    byte[] content = bytes(5, 5000);
    put(at("d/file"), content);
    Attributes listed = entries(store().tree(root())).get("d/file");
    assertThat(get(at("d/file"), listed, ByteRange.WHOLE)).isEqualTo(content);
    assertThat(get(at("d/file"), listed, new ByteRange(100, 10)))
        .isEqualTo(Arrays.copyOfRange(content, 100, 110));
  }

  @Test
  @Rule("F30")
  void aFileThatWentAwayIsNotFound() throws IOException {
    put(at("file"), bytes(6, 100));
    Attributes found = store().stat(at("file"));
    store().delete(at("file"), found);
    assertFails(FailureKind.NOT_FOUND, () -> get(at("file"), found, ByteRange.WHOLE));
  }

  @ParameterizedTest(name = "{0} bytes replaced by {1}")
  @Rule({"F29", "F31", "B51"})
  @CsvSource({"1000, 2000", "2000, 1000", "1000, 1000", "300000, 300000"})
  void aReplacedFileIsNeverMixed(int oldLength, int newLength) throws IOException {
    byte[] old = bytes(7, oldLength);
    byte[] fresh = bytes(8, newLength);
    put(at("file"), old);
    Attributes pinned = store().stat(at("file"));
    pause();
    put(at("file"), fresh);
    assertOneVersion(old, fresh, () -> get(at("file"), pinned, ByteRange.WHOLE));
  }

  @Test
  @Rule({"F29", "F31", "B51"})
  void aFileThatIsReplacedWhileItIsReadIsNeverMixed() throws IOException {
    byte[] old = bytes(9, 3 * part());
    byte[] fresh = bytes(10, 3 * part());
    put(at("file"), old);
    Attributes pinned = store().stat(at("file"));
    pause();
    assertOneVersion(
        old,
        fresh,
        () -> {
          try (InputStream in = store().open(at("file"), pinned, ByteRange.WHOLE)) {
            byte[] all = new byte[old.length];
            in.readNBytes(all, 0, 100);
            put(at("file"), fresh);
            in.readNBytes(all, 100, all.length - 100);
            return all;
          }
        });
  }

  /** Stores tell versions apart by times that may be as coarse as a second. */
  private static void pause() {
    try {
      Thread.sleep(Duration.ofMillis(20).toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void assertOneVersion(byte[] old, byte[] fresh, Reading reading) throws IOException {
    List<byte[]> allowed = new ArrayList<>(List.of(old));
    if (fixture().pins() == StoreFixture.Pins.NOTHING) {
      allowed.add(fresh);
    }
    byte[] read;
    try {
      read = reading.run();
    } catch (TransferException refused) {
      assertThat(refused.kind()).as(refused.getMessage()).isEqualTo(FailureKind.SOURCE_CHANGED);
      return;
    }
    assertThat(allowed).anyMatch(version -> Arrays.equals(version, read));
  }

  private interface Reading {
    byte[] run() throws IOException;
  }

  @Test
  void manyReadersShareAFile() throws IOException {
    byte[] content = bytes(11, LENGTH);
    put(at("file"), content);
    Attributes found = store().stat(at("file"));
    Location file = at("file");
    List<byte[]> ranges =
        inParallel(8, 20, number -> get(file, found, new ByteRange(number * 10_000L, 10_000)));
    for (int number = 0; number < 20; number++) {
      assertThat(ranges.get(number))
          .isEqualTo(Arrays.copyOfRange(content, number * 10_000, number * 10_000 + 10_000));
    }
  }

  @Test
  @Rule("FAP-G-5")
  void aDirectoryCannotBeRead() throws IOException {
    put(at("d/file"), bytes(12, 10));
    Attributes directory = store().stat(at("d"));
    failureOf(() -> get(at("d"), directory, ByteRange.WHOLE));
  }
}
