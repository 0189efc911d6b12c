/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.ForeignFileSystem;
import io.github.flytehadoop.testkit.ForeignFileSystem.Step;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Others publish under a name between any two steps of a replacement. */
class RenamingRacesTest extends RenamingScene {
  private static final byte[] OTHER = {7};

  private static IOException taken(org.apache.hadoop.fs.Path path) {
    return new FileAlreadyExistsException(path.toString());
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
            Files.write(target, OTHER); // and publishes
          }
        });
    write(file, FRESH);
    assertThat(step[0]).isEqualTo(2);
    assertThat(content("file")).isEqualTo(FRESH);
    assertThat(names()).containsExactly("file");
  }

  /** Another writer publishes before the second rename, and makes way for a third one. */
  @Test
  @Rule({"F47", "F66"})
  void aNameThatIsTakenAndFreeAgainIsTakenInTheNextRound() throws IOException {
    Path target = directory.resolve("file");
    int[] renames = {0};
    boolean[] there = {false};
    ForeignFileSystem.script(
        (step, path) -> {
          if (step == Step.RENAME && ++renames[0] == 2) {
            Files.write(target, OTHER);
            there[0] = true;
          } else if (step == Step.STATUS && there[0]) {
            there[0] = false;
            Files.delete(target);
          }
        });
    write(file, FRESH);
    assertThat(content("file")).isEqualTo(FRESH);
    assertThat(names()).containsExactly("file");
  }

  @Test
  @Rule({"F47", "F66"})
  void aFileThatComesWhileTheOldOneIsPutBackIsReplaced() throws IOException {
    Path target = directory.resolve("file");
    int[] renames = {0};
    ForeignFileSystem.script(
        (step, path) -> {
          if (step != Step.RENAME) {
            return;
          }
          renames[0]++;
          if (renames[0] == 2) {
            throw taken(path); // by a file that has made way again
          } else if (renames[0] == 3) {
            Files.write(target, OTHER);
          }
        });
    write(file, FRESH);
    assertThat(renames[0]).isGreaterThan(3);
    assertThat(content("file")).isEqualTo(FRESH);
    assertThat(names()).containsExactly("file");
  }

  @Test
  @Rule({"F47", "F66"})
  void theOldFileComesBackOnceTheNameIsFree() throws IOException {
    int[] renames = {0};
    ForeignFileSystem.script(
        (step, path) -> {
          if (step == Step.RENAME && ++renames[0] > 1 && renames[0] < 5) {
            throw taken(path); // by files that make way again, each a moment later
          }
        });
    write(file, FRESH);
    assertThat(content("file")).isEqualTo(FRESH);
    assertThat(names()).containsExactly("file");
  }

  @Test
  @Rule("F66")
  void aNameThatIsRefusedEachTimeKeepsTheOldFile() throws IOException {
    boolean[] aside = {false};
    int[] refused = {0};
    ForeignFileSystem.script(
        (step, path) -> {
          if (step != Step.RENAME) {
            return;
          }
          boolean fresh = path.getName().equals("file") && aside[0];
          aside[0] = !path.getName().equals("file");
          if (fresh) {
            refused[0]++;
            throw taken(path);
          }
        });
    assertThat(failure().kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(refused[0]).as("tries").isBetween(2, 10);
    assertThat(content("file")).isEqualTo(OLD);
    assertThat(names()).containsExactly("file");
  }

  @Test
  @Rule("F66")
  void aDirectoryThatTakesTheNameCostsNoFile() throws IOException {
    int[] renames = {0};
    ForeignFileSystem.script(
        (step, path) -> {
          if (step == Step.RENAME && ++renames[0] == 2) {
            Files.createDirectory(directory.resolve("file"));
          }
        });
    TransferException failure = failure();
    ForeignFileSystem.heal();
    assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
    List<String> kept = names().stream().filter(name -> !name.equals("file")).toList();
    assertThat(kept)
        .hasSize(2)
        .allSatisfy(name -> assertThat(failure).hasMessageContaining(name))
        .anySatisfy(name -> assertThat(content(name)).isEqualTo(OLD))
        .anySatisfy(name -> assertThat(content(name)).isEqualTo(FRESH));
  }
}
