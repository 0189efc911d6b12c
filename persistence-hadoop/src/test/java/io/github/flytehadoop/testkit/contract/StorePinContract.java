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
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A file that is replaced while a transfer reads it, by what a plan has kept of it: length, time
 * and etag, without the status that came with the listing.
 */
@Rule("F70")
abstract class StorePinContract extends StoreContract {
  private byte[] old;
  private byte[] fresh;
  private Location file;
  private Attributes planned;

  @BeforeEach
  final void plan() throws IOException {
    old = bytes(1, 2 * part());
    fresh = bytes(2, 2 * part());
    file = at("d/file");
    put(file, old);
    Attributes found = store().stat(file);
    planned =
        new Attributes(
            Attributes.Kind.FILE, found.lengthBytes(), found.modified(), found.etag(), null);
  }

  private void replace() throws IOException {
    fixture().letTimePass();
    put(file, fresh);
  }

  @Test
  void theSameVersionIsReadInRanges() throws IOException {
    ByteRange second = new ByteRange(part(), part());
    assertThat(get(file, planned, new ByteRange(0, part()))).isEqualTo(Arrays.copyOf(old, part()));
    assertThat(get(file, planned, second)).isEqualTo(Arrays.copyOfRange(old, part(), 2 * part()));
    assertThat(get(file, planned, ByteRange.WHOLE)).isEqualTo(old);
  }

  @Test
  void aFileReplacedBetweenTwoRangesIsNotMixed() throws IOException {
    get(file, planned, new ByteRange(0, part()));
    replace();
    assertOldOrChanged(
        () -> get(file, planned, new ByteRange(part(), part())),
        Arrays.copyOfRange(old, part(), 2 * part()));
  }

  @Test
  void aFileReplacedUnderAnOpenRangeIsNotMixed() throws IOException {
    byte[] range = Arrays.copyOfRange(old, part() / 2, 2 * part());
    assertOldOrChanged(
        () -> {
          byte[] all = new byte[range.length];
          ByteRange rest = new ByteRange(part() / 2, all.length);
          try (InputStream in = store().open(file, planned, rest)) {
            in.readNBytes(all, 0, 10);
            replace();
            in.readNBytes(all, 10, all.length - 10);
          }
          return all;
        },
        range);
  }

  @Test
  void aFileReplacedBeforeItIsOpenedIsNotTakenForTheOld() throws IOException {
    replace();
    assertOldOrChanged(() -> get(file, planned, ByteRange.WHOLE), old);
  }

  private interface Reading {
    byte[] read() throws IOException;
  }

  private static void assertOldOrChanged(Reading reading, byte[] expected) throws IOException {
    try {
      assertThat(Arrays.equals(reading.read(), expected)).as("bytes of the old file").isTrue();
    } catch (TransferException refused) {
      assertThat(refused.kind()).as(refused.getMessage()).isEqualTo(FailureKind.SOURCE_CHANGED);
    }
  }
}
