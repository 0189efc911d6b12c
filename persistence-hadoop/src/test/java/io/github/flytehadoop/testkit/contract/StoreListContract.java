/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is below a directory. */
abstract class StoreListContract extends StoreContract {

  private void plant() throws IOException {
    put(at("d/a"), bytes(1, 10));
    put(at("d/b"), new byte[0]);
    put(at("d/e/f"), bytes(2, 20));
    put(at("d/e/g/h"), bytes(3, 30));
    put(at("d2/not-below-d"), bytes(4, 40));
    put(at("da"), bytes(5, 50));
  }

  @Test
  void childrenAreOneLevel() throws IOException {
    plant();
    SortedMap<String, Attributes> children = entries(store().children(at("d")));
    assertThat(children).containsOnlyKeys("a", "b", "e");
    assertThat(children.get("a").lengthBytes()).isEqualTo(10);
    assertThat(children.get("b").lengthBytes()).isZero();
    assertThat(children.get("b").isDirectory()).isFalse();
    assertThat(children.get("e").isDirectory()).isTrue();
    assertThat(children.get("e").lengthBytes()).isZero();
  }

  @Test
  @Rule("FAP-G-5")
  void theTreeIsEveryFileBelow() throws IOException {
    plant();
    SortedMap<String, Attributes> tree = entries(store().tree(at("d")));
    assertThat(tree).containsOnlyKeys("a", "b", "e/f", "e/g/h");
    assertThat(tree.get("e/f").lengthBytes()).isEqualTo(20);
    assertThat(tree.get("e/g/h").lengthBytes()).isEqualTo(30);
    assertThat(tree.values()).noneMatch(Attributes::isDirectory);
  }

  @Test
  void theListingOfTheRootFindsAllNeighbours() throws IOException {
    plant();
    assertThat(entries(store().children(root()))).containsOnlyKeys("d", "d2", "da");
    assertThat(entries(store().tree(root())))
        .containsOnlyKeys("d/a", "d/b", "d/e/f", "d/e/g/h", "d2/not-below-d", "da");
  }

  @Test
  @Rule("F79")
  void notesOfRunsAreNotListedAndCounted() throws IOException {
    put(at("d/a"), bytes(6, 10));
    put(at("d/" + ReservedNames.journalName("night", 1)), bytes(7, 10));
    try (Listing tree = store().tree(at("d"))) {
      assertThat(tree.next().path().value()).isEqualTo("a");
      assertThat(tree.hasNext()).isFalse();
      assertThat(tree.hidden()).isEqualTo(1);
    }
    assertThat(entries(store().children(at("d")))).containsOnlyKeys("a");
  }

  @Test
  void aTrailingSeparatorChangesNothing() throws IOException {
    plant();
    Location marked = Location.parse(at("d").text() + "/");
    assertThat(entries(store().children(marked))).containsOnlyKeys("a", "b", "e");
    assertThat(entries(store().tree(marked))).containsOnlyKeys("a", "b", "e/f", "e/g/h");
    assertThat(store().stat(marked).isDirectory()).isTrue();
    assertThat(get(marked.child(new RelativePath("a")))).isEqualTo(bytes(1, 10));
  }

  @Test
  @Rule("B34")
  void thousandsOfFilesAreListedOnce() throws IOException {
    int many = fixture().manyFiles();
    inParallel(
        8,
        many,
        number -> {
          put(at("many/" + (number % 2 == 0 ? "" : "odd/") + number), new byte[number % 3]);
          return null;
        });
    SortedMap<String, Attributes> tree = entries(store().tree(at("many")));
    assertThat(tree.keySet())
        .isEqualTo(
            IntStream.range(0, many)
                .mapToObj(number -> (number % 2 == 0 ? "" : "odd/") + number)
                .collect(Collectors.toSet()));
    assertThat(tree.get("odd/5").lengthBytes()).isEqualTo(2);
    assertThat(entries(store().children(at("many")))).hasSize(many / 2 + 1);
  }

  @Test
  @Rule({"B35", "FAP-PU-6", "W-28"})
  void anEmptyDirectoryIsEmptyNotMissing() throws IOException {
    store().makeDirectory(at("empty"));
    store().makeDirectory(at("empty"));
    assertThat(store().stat(at("empty")).isDirectory()).isTrue();
    assertThat(entries(store().children(at("empty")))).isEmpty();
    assertThat(entries(store().tree(at("empty")))).isEmpty();
  }

  @Test
  @Rule({"B35", "FAP-PU-6"})
  void theTreeShowsEmptyDirectoriesWhereTheyAreReal() throws IOException {
    store().makeDirectory(at("d/empty"));
    store().makeDirectory(at("d/outer/inner"));
    put(at("d/full/file"), bytes(6, 10));
    SortedMap<String, Attributes> tree = entries(store().tree(at("d")));
    if (fixture().traits().tree() == StoreTraits.Tree.DIRECTORIES) {
      assertThat(tree).containsOnlyKeys("empty", "full/file", "outer/inner");
      assertThat(tree.get("empty").isDirectory()).isTrue();
      assertThat(tree.get("outer/inner").isDirectory()).isTrue();
    } else {
      assertThat(tree).containsOnlyKeys("full/file");
    }
    assertThat(entries(store().children(at("d")))).containsOnlyKeys("empty", "full", "outer");
  }

  @Test
  @Rule("B36")
  void aMissingDirectoryIsNotFound() {
    assertFails(FailureKind.NOT_FOUND, () -> entries(store().children(at("missing"))));
    assertFails(FailureKind.NOT_FOUND, () -> entries(store().tree(at("missing"))));
  }

  @Test
  void aFileHasNothingToList() throws IOException {
    put(at("file"), bytes(7, 10));
    failureOf(() -> entries(store().children(at("file"))));
    failureOf(() -> entries(store().tree(at("file"))));
  }

  @Test
  void aListingEnds() throws IOException {
    plant();
    try (Listing listing = store().tree(at("d"))) {
      for (int count = 0; count < 4; count++) {
        assertThat(listing.hasNext()).isTrue();
        assertThat(listing.hasNext()).isTrue();
        listing.next();
      }
      assertThat(listing.hasNext()).isFalse();
      assertThatThrownBy(listing::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void aListingMayBeLeftEarly() throws IOException {
    plant();
    Listing listing = store().tree(root());
    listing.next();
    listing.close();
    listing.close();
  }

  @Test
  @Rule("B33")
  void depthCostsNoStack() throws IOException {
    String path = "d/".repeat(100) + "file";
    put(at(path), bytes(8, 10));
    assertThat(entries(store().tree(root()))).containsOnlyKeys(path);
  }
}
