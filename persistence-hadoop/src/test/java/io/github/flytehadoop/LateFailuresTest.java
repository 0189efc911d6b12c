/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.testkit.ForeignFileSystem;
import io.github.flytehadoop.testkit.ForeignFileSystem.Step;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.WebServer;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.DeleteExtra;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a user is told when a store breaks at the end of a file, or after all of them. */
class LateFailuresTest {
  private static final CopyOptions OVERWRITE =
      CopyOptions.defaults().withOnExisting(OnExisting.OVERWRITE);

  @TempDir Path temp;
  private FileAccessProvider provider;
  private Path from;
  private Path to;

  @BeforeEach
  void trees() throws IOException {
    provider =
        Providers.onDisk(temp.resolve("raw"), temp.resolve("sandbox"))
            .hadoopConfiguration(ForeignFileSystem.configuration())
            .build();
    from = Files.createDirectories(temp.resolve("from"));
    to = Files.createDirectories(temp.resolve("to"));
    Files.writeString(from.resolve("a"), "new");
  }

  @AfterEach
  void close() {
    ForeignFileSystem.heal();
    provider.close();
  }

  private CopyException failure(CopyOptions options) {
    String target = ForeignFileSystem.ROOT + to;
    return catchThrowableOfType(
        CopyException.class, () -> provider.copy(from.toString(), target, options));
  }

  private void failAtDelete() {
    ForeignFileSystem.script(
        (step, path) -> {
          if (step == Step.DELETE) {
            throw new IOException("the connection broke");
          }
        });
  }

  @Test
  void aJournalThatStaysLeavesNoDoubtOfWhatArrived() {
    failAtDelete();
    requireTold(failure(OVERWRITE.withJobId("night")));
  }

  @Test
  void anExtraFileThatStaysLeavesNoDoubtOfWhatArrived() throws IOException {
    Files.writeString(to.resolve("extra"), "old");
    ForeignFileSystem.script(
        (step, path) -> {
          if (step == Step.DELETE && path.getName().equals("extra")) {
            throw new IOException("the connection broke");
          }
        });
    requireTold(failure(OVERWRITE.withDeleteExtra(DeleteExtra.upTo(9))));
  }

  /** A note that the run has ended would be all that is left of it. */
  @Test
  @Rule("F42")
  void aJournalThatIsGoneIsNotBegunAnew() throws IOException {
    boolean[] gone = {false};
    ForeignFileSystem.script(
        (step, path) -> {
          if (step == Step.DELETE && path.getName().endsWith("_000000") && !gone[0]) {
            gone[0] = true;
            Files.delete(to.resolve(path.getName()));
            throw new IOException("the answer was lost");
          }
        });
    TransferReport report =
        provider.copy(from.toString(), ForeignFileSystem.ROOT + to, OVERWRITE.withJobId("night"));
    assertThat(gone).containsExactly(true);
    assertThat(report.files()).isEqualTo(1);
    assertThat(names()).containsExactly("a");
  }

  @Test
  @Rule("F42")
  void aJournalThatIsGoneWhenTheRunIsCancelledIsNotBegunAnew() throws IOException {
    ForeignFileSystem.script(
        (step, path) -> {
          if (step == Step.DELETE && path.getName().endsWith("_000000")) {
            Files.delete(to.resolve(path.getName()));
            Thread.currentThread().interrupt();
          }
          if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the thread was interrupted");
          }
        });
    provider.copy(from.toString(), ForeignFileSystem.ROOT + to, OVERWRITE.withJobId("night"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(names()).containsExactly("a");
  }

  @ParameterizedTest
  @EnumSource(BlobDimensionality.class)
  @Rule({"F42", "F66"})
  void whatMadeWayAndStayedGoesWithTheNextRunOfTheName(BlobDimensionality shape)
      throws IOException {
    String name = shape == BlobDimensionality.SINGLE ? "/a" : "";
    requireSwept(from + name, name, OVERWRITE.withShape(shape));
  }

  @Test
  @Rule({"F42", "F66", "F82"})
  void itGoesAlsoWhereTheSourceIsSigned() throws IOException {
    try (WebServer web = new WebServer()) {
      web.put("/a?sig=secret", "new".getBytes(StandardCharsets.UTF_8), "1");
      String source = web.url("/a") + "?sig=secret";
      requireSwept(source, "/a", OVERWRITE.withShape(BlobDimensionality.SINGLE));
    }
  }

  private void requireSwept(String source, String name, CopyOptions options) throws IOException {
    Files.writeString(to.resolve("a"), "old");
    String target = ForeignFileSystem.ROOT + to + name;
    ForeignFileSystem.script(
        (step, path) -> {
          if (step == Step.DELETE && path.getName().endsWith("=a")) {
            throw new IOException("the connection broke");
          }
        });
    provider.copy(source, target, options.withJobId("night"));
    assertThat(names()).hasSize(2).contains("a");
    ForeignFileSystem.heal();
    provider.copy(source, target, options.withJobId("night"));
    assertThat(names()).containsExactly("a");
  }

  private void requireTold(CopyException failure) {
    assertThat(to.resolve("a")).hasContent("new");
    assertThat(failure).hasMessageContaining("the connection broke");
    assertThat(failure.report()).as("the report of what was done").isNotNull();
    assertThat(failure.report().files()).isEqualTo(1);
    assertThat(failure.failures()).hasSize(1);
  }

  @Test
  @Rule("F61")
  void aProbeThatCannotBeRemovedIsNamed() throws IOException {
    Files.writeString(to.resolve("extra"), "old");
    int[] broken = {0};
    ForeignFileSystem.script(
        (step, path) -> {
          if (step == Step.DELETE && path.getName().contains("probe") && broken[0]++ < 2) {
            throw new IOException("the connection broke");
          }
        });
    CopyOptions options = OVERWRITE.withDeleteExtra(DeleteExtra.upTo(9));
    TransferReport report = provider.copy(from.toString(), ForeignFileSystem.ROOT + to, options);
    List<String> left = names();
    assertThat(left).hasSize(2).contains("a");
    left.remove("a");
    assertThat(report.notes()).anyMatch(note -> note.contains(left.get(0)));
    broken[0] = 1;
    Files.writeString(to.resolve("extra"), "old");
    provider.copy(from.toString(), ForeignFileSystem.ROOT + to, options);
    assertThat(names()).as("a second try removes it").containsExactlyInAnyOrder("a", left.get(0));
  }

  @Test
  @Rule("F61")
  void anUnfinishedProbeGoesWithTheNextRunOfTheName() throws IOException {
    Files.writeString(to.resolve("extra"), "old");
    CopyOptions options = OVERWRITE.withDeleteExtra(DeleteExtra.upTo(9)).withJobId("night");
    AtomicBoolean broken = new AtomicBoolean();
    ForeignFileSystem.script(
        (step, path) -> {
          broken.compareAndSet(false, step == Step.CREATED);
          if (broken.get()) {
            throw new IOException("the server is gone");
          }
        });
    assertThat(failure(options)).hasMessageContaining("cannot be proven");
    ForeignFileSystem.heal();
    assertThat(names()).hasSize(2);
    provider.copy(from.toString(), ForeignFileSystem.ROOT + to, options);
    assertThat(names()).containsExactly("a");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(to)) {
      return new ArrayList<>(all.map(path -> path.getFileName().toString()).toList());
    }
  }

  /** Another try would fail for another reason, and say nothing of the files that are aside. */
  @Test
  @Rule("F66")
  void theMessageThatNamesTheFilesKeptAsideIsTheLastWord() throws IOException {
    Files.writeString(to.resolve("a"), "old");
    AtomicBoolean broken = new AtomicBoolean();
    ForeignFileSystem.script(
        (step, path) -> {
          if (broken.get()) {
            throw new IOException("the server is gone");
          }
          broken.set(step == Step.RENAMED && path.getName().contains("="));
        });
    CopyException failure = failure(OVERWRITE);
    assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(names())
        .hasSize(2)
        .allSatisfy(name -> assertThat(failure).hasMessageContaining(name));
  }
}
