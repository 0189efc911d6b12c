/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A write that is given up leaves neither a file, nor a temporary file, nor a pending upload. */
@Rule({"F38", "B54", "B56"})
abstract class StoreAbortContract extends StoreContract {
  @ParameterizedTest(name = "{0} parts and {1} bytes")
  @CsvSource({"0, 0", "0, 100", "1, 0", "2, 100"})
  void closingWithoutACommitLeavesNothing(int parts, int more) throws IOException {
    byte[] content = bytes(1, parts * part() + more);
    try (ObjectWrite write = store().write(at("d/file"), WriteOptions.ofLength(content.length))) {
      write.write(content);
      write.flush();
    }
    assertThat(isThere(at("d/file"))).isFalse();
    assertNothingLeft(root());
  }

  @ParameterizedTest(name = "{0} parts")
  @ValueSource(ints = {0, 2})
  void abortingLeavesNothing(int parts) throws IOException {
    ObjectWrite write = store().write(at("d/file"), WriteOptions.ofLength(1));
    write.write(bytes(2, parts * part() + 100));
    write.abort();
    write.abort();
    write.close();
    assertThat(isThere(at("d/file"))).isFalse();
    assertNothingLeft(root());
  }

  @ParameterizedTest(name = "{0} parts")
  @ValueSource(ints = {0, 2})
  void anExceptionOfTheSourceLeavesNothing(int parts) throws IOException {
    assertThatThrownBy(
            () -> {
              try (ObjectWrite write = store().write(at("d/file"), WriteOptions.ofLength(1))) {
                write.write(bytes(3, parts * part() + 100));
                throw new IOException("the source broke");
              }
            })
        .hasMessage("the source broke");
    assertThat(isThere(at("d/file"))).isFalse();
    assertNothingLeft(root());
  }

  @ParameterizedTest(name = "{0} parts")
  @Rule("F95")
  @ValueSource(ints = {0, 2})
  void aThreadThatIsCancelledAtTheStartLeavesNothing(int parts) throws IOException {
    byte[] content = bytes(8, parts * part() + 100);
    Thread.currentThread().interrupt();
    try (ObjectWrite write = store().write(at("d/file"), WriteOptions.ofLength(content.length))) {
      write.write(content);
    } catch (TransferException cancelled) {
      assertThat(cancelled.kind()).as(cancelled.getMessage()).isEqualTo(FailureKind.INTERRUPTED);
    } finally {
      Thread.interrupted();
    }
    assertThat(isThere(at("d/file"))).isFalse();
    assertNothingLeft(root());
  }

  @Test
  void anAbortedReplacementKeepsTheOldFile() throws IOException {
    byte[] old = bytes(4, 1000);
    put(at("file"), old);
    try (ObjectWrite write = store().write(at("file"), WriteOptions.ofLength(1))) {
      write.write(bytes(5, 2 * part() + 1));
    }
    assertThat(get(at("file"))).isEqualTo(old);
    assertThat(filesBelow(root())).containsExactly("file");
    assertThat(fixture().leftovers(root())).isEmpty();
  }

  @Test
  void aFileOnItsWayIsNotListed() throws IOException {
    put(at("d/done"), bytes(6, 10));
    try (ObjectWrite write = store().write(at("d/file"), WriteOptions.ofLength(1))) {
      write.write(bytes(7, 2 * part() + 1));
      assertThat(entries(store().children(at("d")))).containsOnlyKeys("done");
      assertThat(entries(store().tree(root()))).containsOnlyKeys("d/done");
    }
  }
}
