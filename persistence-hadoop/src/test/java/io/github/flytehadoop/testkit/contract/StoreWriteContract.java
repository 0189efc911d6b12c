/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.SentContent;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a file comes to be: whole, at once, and proven. */
abstract class StoreWriteContract extends StoreContract {
  private static final WriteOptions REFUSE =
      new WriteOptions(Attributes.UNKNOWN_LENGTH, Map.of(), WriteOptions.Existing.REFUSE);

  @ParameterizedTest(name = "{0} parts")
  @ValueSource(ints = {0, 2})
  void aFileIsVisibleOnceItIsCommitted(int parts) throws IOException {
    byte[] content = bytes(1, parts * part() + 100);
    try (ObjectWrite write = store().write(at("a/b/file"), WriteOptions.ofLength(content.length))) {
      write.write(content);
      assertThat(isThere(at("a/b/file"))).isFalse();
      write.commit();
      assertThat(get(at("a/b/file"))).isEqualTo(content);
    }
    assertThat(get(at("a/b/file"))).isEqualTo(content);
    assertThat(fixture().leftovers(root())).isEmpty();
  }

  @Test
  @Rule("B55")
  void aStreamOfUnknownLengthIsKept() throws IOException {
    byte[] content = bytes(2, part() + 12_345);
    try (ObjectWrite write =
        store().write(at("file"), WriteOptions.ofLength(Attributes.UNKNOWN_LENGTH))) {
      for (int offset = 0; offset < content.length; offset += 10_000) {
        write.write(content, offset, Math.min(10_000, content.length - offset));
      }
      write.commit();
    }
    assertThat(get(at("file"))).isEqualTo(content);
  }

  @Test
  void singleBytesAreKept() throws IOException {
    try (ObjectWrite write = store().write(at("file"), WriteOptions.ofLength(3))) {
      write.write(0xff);
      write.write(0);
      write.write(0x80);
      write.commit();
    }
    assertThat(get(at("file"))).containsExactly(0xff, 0, 0x80);
  }

  @Test
  @Rule("B56")
  void aFinishedFileTakesNoMore() throws IOException {
    ObjectWrite committed = store().write(at("file"), WriteOptions.ofLength(1));
    committed.write(1);
    committed.commit();
    committed.close();
    committed.close();
    committed.abort();
    assertThatThrownBy(() -> committed.write(2)).isInstanceOf(IllegalStateException.class);
    assertThat(get(at("file"))).containsExactly(1);

    ObjectWrite aborted = store().write(at("other"), WriteOptions.ofLength(1));
    aborted.abort();
    assertThatThrownBy(() -> aborted.write(2)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(aborted::commit).isInstanceOf(IllegalStateException.class);
    assertThat(isThere(at("other"))).isFalse();
  }

  @Test
  @Rule("FAP-PU-1")
  void replacingKeepsTheOldFileUntilTheCommit() throws IOException {
    byte[] old = bytes(3, 1000);
    byte[] fresh = bytes(4, 2000);
    put(at("file"), old);
    try (ObjectWrite write = store().write(at("file"), WriteOptions.ofLength(fresh.length))) {
      write.write(fresh);
      assertThat(get(at("file"))).isEqualTo(old);
      write.commit();
    }
    assertThat(get(at("file"))).isEqualTo(fresh);
    assertThat(filesBelow(root())).containsExactly("file");
  }

  @Test
  @Rule("F32")
  void refusingKeepsTheOldFile() throws IOException {
    byte[] old = bytes(5, 1000);
    put(at("file"), old);
    assertFails(FailureKind.CONFLICT, () -> put(at("file"), bytes(6, 2000), REFUSE));
    assertThat(get(at("file"))).isEqualTo(old);
    assertThat(filesBelow(root())).containsExactly("file");
    assertThat(fixture().leftovers(root())).isEmpty();
  }

  @Test
  @Rule("F32")
  void refusingKeepsAFileThatCameMeanwhile() throws IOException {
    byte[] theirs = bytes(7, 1000);
    assertFails(
        FailureKind.CONFLICT,
        () -> {
          try (ObjectWrite write = store().write(at("file"), REFUSE)) {
            write.write(bytes(8, 2000));
            put(at("file"), theirs);
            write.commit();
          }
        });
    assertThat(get(at("file"))).isEqualTo(theirs);
    assertThat(fixture().leftovers(root())).isEmpty();
  }

  @Test
  void refusingWritesANewFile() throws IOException {
    put(at("file"), bytes(9, 1000), REFUSE);
    assertThat(get(at("file"))).isEqualTo(bytes(9, 1000));
    assertThat(fixture().leftovers(root())).isEmpty();
  }

  @Test
  @Rule({"B52", "B53"})
  void anotherLengthThanWasSentIsNotPublished() throws IOException {
    put(at("file"), bytes(10, 10));
    assertFails(
        FailureKind.INTEGRITY,
        () -> {
          try (ObjectWrite write = store().write(at("file"), WriteOptions.ofLength(100))) {
            write.write(bytes(11, 99));
            write.commit(new SentContent(100, null));
          }
        });
    assertThat(get(at("file"))).isEqualTo(bytes(10, 10));
    assertThat(fixture().leftovers(root())).isEmpty();
  }

  @Test
  void sentContentIsProven() throws IOException {
    byte[] content = bytes(12, part() + 10);
    Proof proof = commit(content, crc32c(content));
    assertThat(proof)
        .isEqualTo(
            fixture().traits().checksum() == StoreTraits.Checksums.NONE
                ? Proof.LENGTH
                : Proof.CHECKSUM);
    assertThat(get(at("file"))).isEqualTo(content);
  }

  @Test
  @Rule({"F08", "F09"})
  void otherBytesThanWereSentAreNotPublished() throws IOException {
    assumeTrue(fixture().traits().checksum() != StoreTraits.Checksums.NONE, "has no checksums");
    assertFails(FailureKind.INTEGRITY, () -> commit(bytes(13, 1000), crc32c(bytes(14, 1000))));
    assertNothingLeft(root());
  }

  @Test
  void theChecksumOfAFileIsThatOfItsBytes() throws IOException {
    byte[] content = bytes(15, 2 * part() + 10);
    put(at("file"), content);
    Checksum kept = store().checksum(at("file"), store().stat(at("file")));
    if (fixture().traits().checksum() == StoreTraits.Checksums.CRC32C) {
      assertThat(kept).isEqualTo(crc32c(content));
    } else {
      assertThat(kept).isNull();
    }
  }

  private Proof commit(byte[] content, Checksum checksum) throws IOException {
    try (ObjectWrite write = store().write(at("file"), WriteOptions.ofLength(content.length))) {
      write.write(content);
      return write.commit(new SentContent(content.length, checksum));
    }
  }

  private static Checksum crc32c(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    return Checksum.crc32c(crc.getValue());
  }

  @Test
  @Rule("FAP-PU-11")
  void metadataIsKeptWhereTheTraitsSaySo() throws IOException {
    Map<String, String> given =
        Map.of("flyte-execution-project", "p 1", "flyte-execution-name", "n");
    put(at("file"), bytes(16, 10), new WriteOptions(10, given, WriteOptions.Existing.REPLACE));
    put(at("plain"), bytes(16, 10));
    if (fixture().traits().metadata() == StoreTraits.Metadata.KEPT) {
      assertThat(store().metadata(at("file"))).containsAllEntriesOf(given);
    } else {
      assertThat(store().metadata(at("file"))).isEmpty();
    }
    assertThat(store().metadata(at("plain"))).doesNotContainKeys("flyte-execution-project");
    assertFails(FailureKind.NOT_FOUND, () -> store().metadata(at("missing")));
  }

  @Test
  void metadataOfALargeFileIsKeptToo() throws IOException {
    assumeTrue(fixture().traits().metadata() == StoreTraits.Metadata.KEPT, "keeps no metadata");
    int length = 2 * part() + 1;
    put(
        at("file"),
        bytes(17, length),
        new WriteOptions(length, Map.of("key", "value"), WriteOptions.Existing.REPLACE));
    assertThat(store().metadata(at("file"))).containsEntry("key", "value");
  }

  @Test
  @Rule("B37")
  void aFileDoesNotReplaceADirectory() throws IOException {
    assumeTrue(fixture().traits().tree() == StoreTraits.Tree.DIRECTORIES, "has no directories");
    put(at("full/file"), bytes(18, 10));
    store().makeDirectory(at("empty"));
    assertFails(FailureKind.CONFLICT, () -> put(at("full"), bytes(19, 10)));
    assertFails(FailureKind.CONFLICT, () -> put(at("empty"), bytes(19, 10)));
    assertFails(FailureKind.CONFLICT, () -> put(at("full"), bytes(19, 10), REFUSE));
    assertThat(get(at("full/file"))).isEqualTo(bytes(18, 10));
    assertThat(store().stat(at("empty")).isDirectory()).isTrue();
    assertThat(fixture().leftovers(root())).isEmpty();
  }

  @Test
  @Rule("B15")
  void aFileBesideAPrefixOfItsNameIsKeptOrRefused() throws IOException {
    put(at("x"), bytes(20, 10));
    if (fixture().twins() == StoreFixture.Twins.KEPT) {
      put(at("x/y"), bytes(21, 10));
      assertThat(get(at("x/y"))).isEqualTo(bytes(21, 10));
      assertThat(filesBelow(root())).containsExactly("x", "x/y");
    } else {
      failureOf(() -> put(at("x/y"), bytes(21, 10)));
      assertThat(filesBelow(root())).containsExactly("x");
    }
    assertThat(get(at("x"))).isEqualTo(bytes(20, 10));
    assertThat(fixture().leftovers(root())).isEmpty();
  }

  @Test
  void aFileBelowAFileIsAConflictWhereDirectoriesAreReal() throws IOException {
    assumeTrue(fixture().traits().tree() == StoreTraits.Tree.DIRECTORIES, "has no directories");
    put(at("x"), bytes(22, 10));
    assertFails(FailureKind.CONFLICT, () -> put(at("x/y"), bytes(22, 10)));
    assertFails(FailureKind.CONFLICT, () -> put(at("x/y/z"), bytes(22, 10)));
    assertFails(FailureKind.CONFLICT, () -> store().makeDirectory(at("x/y")));
    assertFails(FailureKind.CONFLICT, () -> store().makeDirectory(at("x")));
    assertFails(FailureKind.NOT_FOUND, () -> store().stat(at("x/y")));
  }

  @Test
  void reservedNamesAreRefused() throws IOException {
    assertFails(
        FailureKind.UNSUPPORTED, () -> put(at("d/._flyte_tmp_0123456789abcdef"), bytes(23, 10)));
    assertNothingLeft(root());
  }
}
