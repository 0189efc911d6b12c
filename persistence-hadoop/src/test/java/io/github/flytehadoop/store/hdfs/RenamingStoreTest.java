/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Leftover;
import io.github.flytehadoop.testkit.ForeignFileSystem;
import io.github.flytehadoop.testkit.ForeignFileSystem.Step;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file system whose rename replaces nothing, and which breaks between any two steps. */
class RenamingStoreTest extends RenamingScene {
  @Test
  void aReplacementLeavesTheNewFileAlone() throws IOException {
    write(file, FRESH);
    assertThat(content("file")).isEqualTo(FRESH);
    assertThat(names()).containsExactly("file");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  @Rule("F66")
  void aRenameThatBreaksLeavesTheOldFile(int which) throws IOException {
    int[] renames = {0};
    ForeignFileSystem.script(
        (step, path) -> {
          if (step == Step.RENAME && ++renames[0] == which) {
            throw new IOException("the connection broke");
          }
        });
    assertThat(failure()).hasMessageContaining("the connection broke");
    assertThat(content("file")).isEqualTo(OLD);
    assertThat(names()).containsExactly("file");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  @Rule("F66")
  void aLostAnswerOfARenameIsNoFailure(int which) throws IOException {
    int[] renames = {0};
    ForeignFileSystem.script(
        (step, path) -> {
          if (step == Step.RENAMED && ++renames[0] == which) {
            throw new IOException("the connection broke");
          }
        });
    write(file, FRESH);
    assertThat(content("file")).isEqualTo(FRESH);
    assertThat(names()).containsExactly("file");
  }

  /** After the old file was set aside nothing works any more. */
  private void breakForGood() {
    AtomicBoolean broken = new AtomicBoolean();
    ForeignFileSystem.script(
        (step, path) -> {
          if (broken.get()) {
            throw new IOException("the server is gone");
          }
          broken.set(
              (step == Step.RENAMED && !path.getName().equals("file"))
                  || (step == Step.DELETE && path.getName().equals("file")));
        });
  }

  @Test
  @Rule("F66")
  void whenTheOldCannotComeBackBothStayAndTheMessageNamesThem() throws IOException {
    breakForGood();
    TransferException failure = failure();
    ForeignFileSystem.heal();
    List<String> both = names();
    assertThat(both).hasSize(2).doesNotContain("file");
    assertThat(both)
        .allSatisfy(name -> assertThat(failure).hasMessageContaining(name))
        .anySatisfy(name -> assertThat(content(name)).isEqualTo(OLD))
        .anySatisfy(name -> assertThat(content(name)).isEqualTo(FRESH));
    assertThat(store.children(Location.parse(ForeignFileSystem.ROOT + directory)).hasNext())
        .as("a listing shows none of them")
        .isFalse();
  }

  @Test
  @Rule("F66")
  void theSweepOfTheRunGivesTheOldFileItsName() throws IOException {
    breakForGood();
    failure();
    ForeignFileSystem.heal();
    List<Leftover> left = store.leftovers(file, Attributes.Kind.FILE, TAG);
    assertThat(left).hasSize(2);
    for (Leftover leftover : left) {
      store.discard(leftover);
    }
    assertThat(names()).containsExactly("file");
    assertThat(content("file")).isEqualTo(OLD);
  }

  @Test
  @Rule("F66")
  void theSweepKeepsWhatCameMeanwhile() throws IOException {
    breakForGood();
    failure();
    ForeignFileSystem.heal();
    byte[] other = {7};
    Files.write(directory.resolve("file"), other);
    for (Leftover leftover : store.leftovers(file, Attributes.Kind.FILE, TAG)) {
      store.discard(leftover);
    }
    assertThat(names()).containsExactly("file");
    assertThat(content("file")).isEqualTo(other);
  }

  @Test
  @Rule("F66")
  void aNameOfTheGreatestLengthIsReplaced() throws IOException {
    String longest = "n".repeat(255);
    Location at = Location.parse(ForeignFileSystem.ROOT + directory + "/" + longest);
    write(at, OLD);
    write(at, FRESH);
    assertThat(content(longest)).isEqualTo(FRESH);
    assertThat(names()).containsExactly("file", longest);
  }

  @Test
  @Rule("F95")
  void aLostAnswerToTheCreationLeavesNothing() throws IOException {
    ForeignFileSystem.script(
        (step, path) -> {
          if (step == Step.CREATED) {
            throw new IOException("the connection broke");
          }
        });
    failure();
    assertThat(names()).containsExactly("file");
    assertThat(Arrays.equals(content("file"), OLD)).isTrue();
  }
}
