/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.store.ParallelWrite;
import io.github.flytehadoop.store.StoreTraits.ParallelWrites;
import io.github.flytehadoop.store.WriteOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that several threads fill, where the traits say that they can. */
abstract class StoreParallelWriteContract extends StoreContract {
  private static final int PARTS = 8;

  @BeforeEach
  final void askTheTraits() {
    if (fixture().traits().parallelWrite() != ParallelWrites.POSITIONED) {
      assertThatThrownBy(() -> store().writeParallel(at("file"), WriteOptions.ofLength(10)))
          .isInstanceOf(UnsupportedOperationException.class);
      assumeTrue(false, "threads do not share a file here");
    }
  }

  @Test
  void partsMayComeInAnyOrder() throws IOException {
    byte[] content = bytes(1, PARTS * part() + 5);
    try (ParallelWrite write =
        store().writeParallel(at("d/file"), WriteOptions.ofLength(content.length))) {
      inParallel(
          4,
          PARTS + 1,
          number -> {
            int offset = (PARTS - number) * part();
            int length = Math.min(part(), content.length - offset);
            write.writeAt(offset, ByteBuffer.wrap(content, offset, length));
            return null;
          });
      assertThat(isThere(at("d/file"))).isFalse();
      write.commit();
    }
    assertThat(get(at("d/file"))).isEqualTo(content);
    assertThat(filesBelow(root())).containsExactly("d/file");
    assertThat(fixture().leftovers(root())).isEmpty();
  }

  @Test
  void anEmptyFileHasNoParts() throws IOException {
    try (ParallelWrite write = store().writeParallel(at("file"), WriteOptions.ofLength(0))) {
      write.commit();
    }
    assertThat(get(at("file"))).isEmpty();
  }

  @Test
  void closingWithoutACommitLeavesNothing() throws IOException {
    ParallelWrite write = store().writeParallel(at("d/file"), WriteOptions.ofLength(100));
    write.writeAt(50, ByteBuffer.wrap(bytes(2, 50)));
    write.close();
    write.close();
    assertThatThrownBy(() -> write.writeAt(0, ByteBuffer.wrap(bytes(2, 50))))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(write::commit).isInstanceOf(IllegalStateException.class);
    assertNothingLeft(root());
  }

  @Test
  void aFileThatLacksItsEndIsNotPublished() throws IOException {
    assertFails(
        FailureKind.INTEGRITY,
        () -> {
          try (ParallelWrite write =
              store().writeParallel(at("d/file"), WriteOptions.ofLength(100))) {
            write.writeAt(0, ByteBuffer.wrap(bytes(3, 50)));
            write.commit();
          }
        });
    assertNothingLeft(root());
  }

  @Test
  void bytesOutsideTheFileAreRefused() throws IOException {
    try (ParallelWrite write = store().writeParallel(at("file"), WriteOptions.ofLength(100))) {
      assertThatThrownBy(() -> write.writeAt(60, ByteBuffer.wrap(bytes(4, 50))))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> write.writeAt(-1, ByteBuffer.wrap(bytes(4, 50))))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertNothingLeft(root());
  }

  @Test
  void refusingKeepsTheOldFile() throws IOException {
    put(at("file"), bytes(5, 10));
    WriteOptions options = new WriteOptions(20, Map.of(), WriteOptions.Existing.REFUSE);
    assertFails(
        FailureKind.CONFLICT,
        () -> {
          try (ParallelWrite write = store().writeParallel(at("file"), options)) {
            write.writeAt(0, ByteBuffer.wrap(bytes(6, 20)));
            write.commit();
          }
        });
    assertThat(get(at("file"))).isEqualTo(bytes(5, 10));
    assertThat(fixture().leftovers(root())).isEmpty();
  }

  @Test
  void replacingKeepsTheOldFileUntilTheCommit() throws IOException {
    put(at("file"), bytes(7, 10));
    try (ParallelWrite write = store().writeParallel(at("file"), WriteOptions.ofLength(20))) {
      write.writeAt(0, ByteBuffer.wrap(bytes(8, 20)));
      assertThat(get(at("file"))).isEqualTo(bytes(7, 10));
      write.commit();
    }
    assertThat(get(at("file"))).isEqualTo(bytes(8, 20));
  }
}
