/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On a store with renames, a step that fails leaves the old data alone or the new data alone. */
@Tag("slow")
class AtomicOverwriteTest {
  private static SparkSession spark;
  private static Configuration configuration;
  private Path directory;
  private org.apache.hadoop.fs.Path root;

  /** Ways to replace the files in p=1 and p=2. */
  enum Mode {
    WHOLE {
      @Override
      WriteJob job(org.apache.hadoop.fs.Path root) throws IOException {
        return new WriteJob("jobnew", root, false, configuration).replacing("");
      }
    },
    STATIC_PARTITIONS {
      @Override
      WriteJob job(org.apache.hadoop.fs.Path root) throws IOException {
        return new WriteJob("jobnew", root, false, configuration).replacing("p=1", "p=2");
      }
    },
    DYNAMIC_PARTITIONS {
      @Override
      WriteJob job(org.apache.hadoop.fs.Path root) throws IOException {
        return new WriteJob("jobnew", root, true, configuration);
      }
    },
    DATASET {
      @Override
      WriteJob job(org.apache.hadoop.fs.Path root) throws IOException {
        Configuration mine = new Configuration(configuration);
        mine.setBoolean(SparkKeys.REPLACES, true);
        return new WriteJob("jobnew", root, false, mine);
      }
    };

    abstract WriteJob job(org.apache.hadoop.fs.Path root) throws IOException;
  }

  private interface Fault {
    void at(int step);
  }

  @BeforeAll
  static void start() {
    spark =
        SparkSessions.local()
            .config("spark.hadoop.outputCommitCoordination.enabled", "false")
            .config("spark.hadoop.fs.flaky.impl", FlakyFileSystem.class.getName())
            .config("spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
            .getOrCreate();
    configuration = spark.sparkContext().hadoopConfiguration();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @BeforeEach
  void newDirectory() throws IOException {
    directory = TestDirectories.create("table");
    root = new org.apache.hadoop.fs.Path(FlakyFileSystem.SCHEME + "://" + directory);
  }

  @AfterEach
  void heal() {
    FlakyFileSystem.heal();
  }

  private void writeOldData() throws IOException {
    FlakyFileSystem.heal();
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted((a, b) -> b.compareTo(a)).filter(p -> !p.equals(directory)).forEach(this::rm);
    }
    new WriteJob("jobold", root, false, configuration)
        .begin()
        .task("old1", "p=1", "p=2")
        .task("old2", "p=1", "p=2")
        .commit();
  }

  private void rm(Path path) {
    try {
      Files.delete(path);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static WriteJob written(WriteJob job) throws IOException {
    return job.begin().task("new1", "p=1", "p=2").task("new2", "p=2");
  }

  /** Directory and content of each file; what readers pass over is left out on request. */
  private List<String> rows(boolean all) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> all || !isHidden(directory.relativize(file)))
          .map(AtomicOverwriteTest::row)
          .sorted()
          .toList();
    }
  }

  private List<String> contents() throws IOException {
    return rows(true).stream().map(row -> row.substring(row.lastIndexOf(' ') + 1)).toList();
  }

  private static boolean isHidden(Path relative) {
    for (Path name : relative) {
      if (name.toString().startsWith(".") || name.toString().startsWith("_")) {
        return true;
      }
    }
    return false;
  }

  private static String row(Path file) {
    try {
      return file.getParent().getFileName() + " " + Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static final List<String> OLD = List.of("p=1 old1", "p=1 old2", "p=2 old1", "p=2 old2");
  private static final List<String> NEW = List.of("p=1 new1", "p=2 new1", "p=2 new2");

  @ParameterizedTest
  @EnumSource
  @Rule("F69")
  void aStepThatFailsLeavesOldOrNewDataAlone(Mode mode) throws IOException {
    assertThat(sweep(mode, FlakyFileSystem::refuseOnce)).hasSizeGreaterThan(8).contains(OLD, NEW);
  }

  private List<List<String>> sweep(Mode mode, Fault fault) throws IOException {
    List<List<String>> outcomes = new ArrayList<>();
    boolean more = true;
    for (int step = 1; more; step++) {
      writeOldData();
      WriteJob job = written(mode.job(root));
      fault.at(step);
      boolean failed = fails(job);
      more = FlakyFileSystem.steps() >= step;
      FlakyFileSystem.heal();
      assertThat(rows(false)).as("step " + step).isEqualTo(failed ? OLD : NEW);
      outcomes.add(rows(false));
    }
    return outcomes;
  }

  private static boolean fails(WriteJob job) {
    try {
      job.commit();
      return false;
    } catch (UncheckedIOException asAsked) {
      assertThat(asAsked).hasMessageContaining("as asked");
      return true;
    }
  }

  @ParameterizedTest
  @EnumSource
  @Rule("F69")
  void aDriverThatDiesLosesNothingAndARunAfterItLeavesTheNewDataAlone(Mode mode)
      throws IOException {
    boolean more = true;
    for (int step = 1; more; step++) {
      writeOldData();
      WriteJob job = written(mode.job(root));
      FlakyFileSystem.refuseFrom(step);
      try {
        job.commit();
      } catch (UncheckedIOException dead) {
        assertThat(dead).isNotNull();
      }
      more = FlakyFileSystem.steps() >= step;
      FlakyFileSystem.heal();
      if (!rows(false).equals(NEW)) {
        // at its name or aside
        assertThat(contents().stream().filter(row -> row.startsWith("old")))
            .as("step " + step)
            .hasSize(4);
      }
      written(mode.job(root)).commit();
      assertThat(rows(false)).as("again after step " + step).isEqualTo(NEW);
    }
  }

  @Test
  @Rule("F69")
  void twoAppendsToOneDirectoryDoNotTouchEachOther() throws IOException {
    WriteJob first = new WriteJob("joba", root, false, configuration).begin().task("a1", "p=1");
    WriteJob second = new WriteJob("jobb", root, false, configuration).begin().task("b1", "p=1");
    first.commit();
    second.task("b2", "p=1");
    WriteJob third = new WriteJob("jobc", root, false, configuration).begin().task("c1", "p=1");
    second.commit();
    assertThat(rows(false)).containsExactly("p=1 a1", "p=1 b1", "p=1 b2");
    new WriteJob("jobd", root, false, configuration)
        .replacing("")
        .begin()
        .task("d", "p=1")
        .commit();
    third.commit();
    assertThat(rows(false)).containsExactly("p=1 c1", "p=1 d");
    assertThat(rows(true)).isEqualTo(rows(false));
  }

  @Test
  @Rule("F69")
  void anAppendThatFailsAddsNothing() throws IOException {
    boolean more = true;
    for (int step = 1; more; step++) {
      writeOldData();
      WriteJob job = written(new WriteJob("jobnew", root, false, configuration));
      FlakyFileSystem.refuseOnce(step);
      boolean failed = fails(job);
      more = FlakyFileSystem.steps() >= step;
      FlakyFileSystem.heal();
      int expected = failed ? OLD.size() : OLD.size() + NEW.size();
      assertThat(rows(false)).as("step " + step).hasSize(expected).containsAll(OLD);
    }
  }

  @Test
  @Rule("F69")
  void aFileOfTheWholeDirectoryIsReplacedAndNothingIsLeft() throws IOException {
    Configuration marking = new Configuration(configuration);
    marking.setBoolean("mapreduce.fileoutputcommitter.marksuccessfuljobs", true);
    for (String job : List.of("joba", "jobb")) {
      assertThatCode(
              () -> new WriteJob(job, root, false, marking).begin().task(job, "p=1").commit())
          .doesNotThrowAnyException();
    }
    assertThat(rows(false)).containsExactly("p=1 joba", "p=1 jobb");
    assertThat(directory.resolve("_SUCCESS")).exists();
    assertThat(directory.resolve(".spark-staging-jobb")).doesNotExist();
  }
}
