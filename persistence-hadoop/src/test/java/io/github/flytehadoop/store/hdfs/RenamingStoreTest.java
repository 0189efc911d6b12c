/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Leftover;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.registry.StoreRegistry;
import io.github.flytehadoop.testkit.ForeignFileSystem;
import io.github.flytehadoop.testkit.ForeignFileSystem.Step;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file system whose rename replaces nothing, and which breaks between any two steps. */
class RenamingStoreTest {
  private static final byte[] OLD = "old".getBytes(StandardCharsets.UTF_8);
  private static final byte[] FRESH = "fresh".getBytes(StandardCharsets.UTF_8);
  private static final String TAG = ReservedNames.tagOf("job", List.of());

  private Path directory;
  private Location file;
  private Store store;

  @BeforeEach
  void openStore() throws IOException {
    directory = TestDirectories.scratch("renaming");
    file = Location.parse(ForeignFileSystem.ROOT + directory + "/file");
    FileSystems fileSystems =
        new FileSystems(DataConfig.defaults(), ForeignFileSystem.configuration(), Map.of());
    store = new StoreRegistry(fileSystems, AnonymousAccess.NEVER, 1 << 20).of(file);
    Files.write(directory.resolve("file"), OLD);
  }

  @AfterEach
  void heal() {
    ForeignFileSystem.heal();
  }

  private void write(Location at, byte[] bytes) throws IOException {
    WriteOptions options =
        new WriteOptions(bytes.length, Map.of(), WriteOptions.Existing.REPLACE, "writer", TAG);
    try (ObjectWrite out = store.write(at, options)) {
      out.write(bytes);
      out.commit();
    }
  }

  private TransferException failure() {
    TransferException failure =
        catchThrowableOfType(TransferException.class, () -> write(file, FRESH));
    assertThat(failure).isNotNull();
    return failure;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private byte[] content(String name) throws IOException {
    return Files.readAllBytes(directory.resolve(name));
  }

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
  @Rule({"F47", "F66"})
  void overtakenReplacementReplacesTheNewerFile() throws IOException {
    Path target = directory.resolve("file");
    int[] step = {0};
    ForeignFileSystem.script(
        (what, path) -> {
          if (what == Step.RENAME && step[0] == 0) {
            step[0]++;
            Files.delete(target); // another writer sets it aside
          } else if (what == Step.STATUS && step[0] == 1) {
            step[0]++;
            Files.write(target, new byte[] {7}); // and publishes
          }
        });
    write(file, FRESH);
    assertThat(step[0]).isEqualTo(2);
    assertThat(content("file")).isEqualTo(FRESH);
    assertThat(names()).containsExactly("file");
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
