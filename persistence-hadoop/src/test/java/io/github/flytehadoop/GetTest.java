/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.error.DownloadException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GetTest {
  @TempDir Path temp;

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> below(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> directory.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  private static TransferException failureOf(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return org.assertj.core.api.Assertions.catchThrowableOfType(TransferException.class, call);
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule({"FAP-GD-1", "FAP-G-7"})
  void aFileGoesToThePathOrIntoTheDirectory(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      site.putDirectly("d/name.txt", text("content"));
      Path exact = temp.resolve("made/for/it.txt");
      TransferReport first = site.provider().getData(site.uri("d/name.txt"), exact);
      assertThat(exact).hasContent("content");
      assertThat(first.uri()).isEqualTo(exact.toString());
      TransferReport second = site.provider().getData(site.uri("d/name.txt"), exact.getParent());
      assertThat(second.uri()).isEqualTo(exact.resolveSibling("name.txt").toString());
      assertThat(below(temp.resolve("made"))).containsExactly("for/it.txt", "for/name.txt");
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule({"FAP-G-5", "W-20"})
  void aDirectoryIsNoSingleFile(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      site.putDirectly("d/x", text("1"));
      TransferException failure =
          failureOf(() -> site.provider().getData(site.uri("d"), temp.resolve("out")));
      assertThat(failure).isInstanceOf(DownloadException.class).hasMessageContaining("MULTIPART");
      assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED);
      assertThat(temp.resolve("out")).doesNotExist();
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule("FAP-G-6")
  void aFileMayBeAskedForAsADirectory(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      site.putDirectly("d/x", text("1"));
      Path out = temp.resolve("out");
      site.provider().getData(site.uri("d/x"), out, BlobDimensionality.MULTIPART);
      assertThat(kind == Site.Kind.S3 ? out : out.resolve("x")).hasContent("1");
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule({"FAP-G-7", "FAP-G-13"})
  void aDirectoryIsMergedIntoWhatIsThere(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      site.putDirectly("d/x", text("new"));
      site.putDirectly("d/sub/y", text("y"));
      Path out = Files.createDirectories(temp.resolve("out"));
      Files.writeString(out.resolve("x"), "old and longer");
      Files.writeString(out.resolve("extra"), "stays");
      for (int times = 0; times < 2; times++) {
        TransferReport report = site.provider().downloadDirectory(site.uri("d/"), out);
        assertThat(report.files()).isEqualTo(2);
        assertThat(report.bytes()).isEqualTo(4);
        assertThat(report.uri()).isEqualTo(out.toString());
        assertThat(below(out)).containsExactly("extra", "sub/y", "x");
        assertThat(out.resolve("x")).hasContent("new");
      }
    }
  }

  @Test
  @Rule({"FAP-G-8", "W-21"})
  void aKeyThatIsAlsoAPrefixIsAnErrorAndNothingIsDropped() throws Exception {
    try (Site site = Site.open(Site.Kind.S3, temp)) {
      site.putDirectly("dd/b", text("object"));
      site.putDirectly("dd/b/c", text("below"));
      TransferException failure =
          failureOf(() -> site.provider().downloadDirectory(site.uri("dd"), temp.resolve("out")));
      assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
      assertThat(failure).hasMessageContaining("file and as a directory");
      assertThat(temp.resolve("out")).doesNotExist();
      site.provider().getData(site.uri("dd/b"), temp.resolve("b"));
      assertThat(temp.resolve("b")).hasContent("object");
      site.provider().downloadDirectory(site.uri("dd/b"), temp.resolve("below"));
      assertThat(below(temp.resolve("below"))).containsExactly("c");
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule({"FAP-G-9", "W-22"})
  void patternsAreNames(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      site.putDirectly("p/a*", text("star"));
      site.putDirectly("p/ab", text("not asked for"));
      site.putDirectly("p/[x]?", text("class"));
      site.provider().getData(site.uri("p/a*"), temp.resolve("star"));
      assertThat(temp.resolve("star")).hasContent("star");
      site.provider().downloadDirectory(site.uri("p"), temp.resolve("all"));
      assertThat(below(temp.resolve("all"))).containsExactlyInAnyOrder("a*", "ab", "[x]?");
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule({"FAP-G-10", "W-23"})
  void theLowLevelFormTakesFileUris(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      site.putDirectly("x", text("1"));
      Path out = temp.resolve("a b%20");
      TransferReport report =
          site.provider().get(site.uri("x"), "file://" + out, BlobDimensionality.SINGLE);
      assertThat(out).hasContent("1");
      assertThat(report.uri()).isEqualTo(out.toString());
      assertThat(Path.of("file:")).doesNotExist();
      assertThatThrownBy(
              () -> site.provider().get(site.uri("x"), "s3://b/y", BlobDimensionality.SINGLE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("copy(");
    }
  }

  @Test
  @Rule({"FAP-G-11", "W-24"})
  void filesThatArrivedBeforeAFailureAreWholeAndCounted() throws Exception {
    try (S3Endpoint endpoint = S3Endpoint.start();
        Site.S3 site = Site.s3(endpoint, impatient())) {
      for (int file = 0; file < 5; file++) {
        site.putDirectly("d/" + file, new byte[1000 + file]);
      }
      endpoint.faults(
          FaultPlan.of(
              FaultRule.on(RequestKind.GET_OBJECT)
                  .key("d/3"::equals)
                  .gives(Fault.status(403, "AccessDenied"))));
      Path out = temp.resolve("out");
      TransferException failure =
          failureOf(() -> site.provider().downloadDirectory(site.uri("d"), out));
      assertThat(failure).isInstanceOf(DownloadException.class);
      assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
      assertThat(failure.failures()).singleElement().extracting("path").isEqualTo(site.uri("d/3"));
      assertThat(failure.report().files()).isEqualTo(4);
      assertThat(below(out)).containsExactly("0", "1", "2", "4");
      assertThat(out.resolve("4")).hasSize(1004);
    }
  }

  @Test
  @Rule({"FAP-G-11", "W-39"})
  void aTruncatedAnswerIsReadOnFromWhereItEnded() throws Exception {
    try (S3Endpoint endpoint = S3Endpoint.start();
        Site.S3 site = Site.s3(endpoint, impatient())) {
      byte[] bytes = new byte[100_000];
      new Random(1).nextBytes(bytes);
      site.putDirectly("x", bytes);
      endpoint.faults(
          FaultPlan.of(
              FaultRule.on(RequestKind.GET_OBJECT).first(3).gives(Fault.shortBody(9_000))));
      site.provider().getData(site.uri("x"), temp.resolve("out/x"));
      assertThat(temp.resolve("out/x")).hasBinaryContent(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  @Rule("W-39")
  void theSmallestFilesAreWhole(int length) throws Exception {
    try (Site site = Site.open(Site.Kind.S3, temp)) {
      site.putDirectly("x", new byte[length]);
      site.provider().getData(site.uri("x"), temp.resolve("x"));
      assertThat(temp.resolve("x")).hasSize(length);
    }
  }

  private FileAccessProvider.Builder impatient() {
    return FileAccessProvider.builder()
        .localSandboxDir(temp.resolve("sandbox"))
        .transferLimits(TransferLimits.defaults().withAttempts(1));
  }

  @Test
  @Rule({"FAP-G-12", "W-25"})
  void filesInFlightAreBoundedOverAllCalls() throws Exception {
    FileAccessProvider.Builder bounded =
        FileAccessProvider.builder()
            .localSandboxDir(temp.resolve("sandbox"))
            .transferLimits(TransferLimits.defaults().withFilesInFlight(3));
    try (S3Endpoint endpoint = S3Endpoint.start();
        Site.S3 site = Site.s3(endpoint, bounded)) {
      for (int file = 0; file < 12; file++) {
        site.putDirectly("d/" + file, new byte[10]);
      }
      endpoint.latency(Duration.ofMillis(50));
      var one =
          site.provider()
              .getDataAsync(site.uri("d"), temp.resolve("one"), BlobDimensionality.MULTIPART);
      var two =
          site.provider()
              .getDataAsync(site.uri("d"), temp.resolve("two"), BlobDimensionality.MULTIPART);
      assertThat(one.get().files() + two.get().files()).isEqualTo(24);
      assertThat(endpoint.maxInFlight()).isBetween(2, 3);
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule({"FAP-GD-2"})
  void absentFileIsReportedAbsent(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      for (BlobDimensionality shape : BlobDimensionality.values()) {
        TransferException failure =
            failureOf(() -> site.provider().getData(site.uri("none"), temp.resolve("out"), shape));
        assertThat(failure).isInstanceOf(DataNotFoundException.class);
        assertThat(failure.recoverable()).isFalse();
        assertThat(failure.location()).isEqualTo(site.uri("none"));
        assertThat(temp.resolve("out")).doesNotExist();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule({"FAP-GD-3", "FAP-GD-4", "W-35"})
  void anyOtherFailureIsADownloadExceptionWithItsCause(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      site.putDirectly("d/x", text("1"));
      Path file = Files.writeString(temp.resolve("file"), "in the way");
      TransferException single =
          failureOf(() -> site.provider().getData(site.uri("d/x"), file.resolve("x")));
      TransferException many =
          failureOf(() -> site.provider().downloadDirectory(site.uri("d"), file));
      assertThat(List.of(single, many))
          .allSatisfy(
              failure -> {
                assertThat(failure)
                    .isInstanceOf(DownloadException.class)
                    .hasCauseInstanceOf(IOException.class);
                assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
                assertThat(failure).message().startsWith("Cannot ").contains(file.toString());
              });
      assertThat(file).hasContent("in the way");
      assertThatThrownBy(() -> site.provider().getData(site.uri("d/x"), null))
          .isInstanceOf(NullPointerException.class)
          .hasMessageContaining("localPath");
    }
  }
}
