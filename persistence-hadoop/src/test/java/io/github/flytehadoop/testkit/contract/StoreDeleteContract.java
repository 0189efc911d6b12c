/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.StoreTraits;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Deleting removes what was named and nothing beside it. */
abstract class StoreDeleteContract extends StoreContract {
  @Test
  void aFileGoes() throws IOException {
    put(at("d/file"), bytes(1, 10));
    put(at("d/file2"), bytes(2, 10));
    store().delete(at("d/file"), store().stat(at("d/file")));
    assertThat(isThere(at("d/file"))).isFalse();
    assertThat(filesBelow(root())).containsExactly("d/file2");
  }

  @Test
  void aTreeGoesWhole() throws IOException {
    put(at("d/a"), bytes(3, 10));
    put(at("d/e/f/g"), bytes(4, 10));
    store().makeDirectory(at("d/empty"));
    put(at("d2/a"), bytes(5, 10));
    put(at("da"), bytes(6, 10));
    store().delete(at("d"), store().stat(at("d")));
    assertThat(isThere(at("d"))).isFalse();
    assertThat(isThere(at("d/e/f/g"))).isFalse();
    assertThat(filesBelow(root())).containsExactlyInAnyOrder("d2/a", "da");
  }

  @Test
  void manyFilesGoAtOnce() throws IOException {
    inParallel(
        8,
        300,
        number -> {
          put(at("d/" + number % 7 + "/" + number), bytes(number, 3));
          return null;
        });
    put(at("kept"), bytes(7, 10));
    store().delete(at("d"), store().stat(at("d")));
    assertThat(filesBelow(root())).containsExactly("kept");
  }

  @Test
  void anEmptyDirectoryGoes() throws IOException {
    store().makeDirectory(at("d/empty"));
    put(at("d/kept"), bytes(8, 10));
    store().delete(at("d/empty"), store().stat(at("d/empty")));
    assertThat(entries(store().children(at("d")))).containsOnlyKeys("kept");
  }

  @Test
  void missingFileIsNotFound() throws IOException {
    put(at("file"), bytes(9, 10));
    Attributes attributes = store().stat(at("file"));
    store().delete(at("file"), attributes);
    assertFails(FailureKind.NOT_FOUND, () -> store().delete(at("file"), attributes));
  }

  @Test
  void aDirectoryThatWasTakenForAFileStays() throws IOException {
    put(at("x"), bytes(10, 10));
    Attributes file = store().stat(at("x"));
    if (fixture().traits().tree() == StoreTraits.Tree.DIRECTORIES) {
      store().delete(at("x"), file);
      put(at("x/y"), bytes(11, 10));
      failureOf(() -> store().delete(at("x"), file));
      assertThat(filesBelow(root())).containsExactly("x/y");
    }
  }

  @Test
  void aDeletedFileCanBeWrittenAgain() throws IOException {
    put(at("d/file"), bytes(12, 10));
    store().delete(at("d"), store().stat(at("d")));
    put(at("d/file"), bytes(13, 20));
    assertThat(get(at("d/file"))).isEqualTo(bytes(13, 20));
  }
}
