/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.error.UploadException;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PutTest {
  @TempDir Path temp;

  private Path file(String name, String content) throws Exception {
    Path file = temp.resolve("in").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule({"FAP-PU-1", "FAP-PD-1"})
  void aFileGoesToExactlyThePath(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      TransferReport report = site.provider().putData(file("x", "1"), site.uri("new/key"));
      assertThat(report.uri()).isEqualTo(site.uri("new/key"));
      assertThat(report.files()).isEqualTo(1);
      assertThat(report.bytes()).isEqualTo(1);
      assertThat(site.everything()).containsExactly("new/key");
      assertThat(site.bytes("new/key")).asString().isEqualTo("1");
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule({"FAP-PU-2", "FAP-PD-1", "W-26"})
  void theReportNamesWhatWasWritten(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      Path file = file("x.txt", "1");
      for (int times = 0; times < 2; times++) {
        TransferReport report = site.provider().putData(file, site.uri("d/"));
        assertThat(report.uri()).isEqualTo(site.uri("d/x.txt"));
        assertThat(site.provider().stat(report.uri()).length()).isEqualTo(1);
      }
      String existing = site.provider().putData(file, site.uri("d")).uri();
      assertThat(existing).isEqualTo(kind == Site.Kind.S3 ? site.uri("d") : site.uri("d/x.txt"));
      site.provider().getData(existing, temp.resolve("back"));
      assertThat(temp.resolve("back")).hasContent("1");
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule("FAP-PU-3")
  void aFileMayBePutAsADirectory(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      TransferReport report =
          site.provider().putData(file("x.txt", "1"), site.uri("d"), BlobDimensionality.MULTIPART);
      assertThat(report.uri()).isEqualTo(site.uri("d/x.txt"));
      assertThat(site.everything()).containsExactly("d/x.txt");
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule({"FAP-PU-4", "W-27"})
  void aDirectoryIsNoSingleFile(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      Path directory = file("d/x", "1").getParent();
      TransferException failure =
          catchThrowableOfType(
              TransferException.class,
              () -> site.provider().putData(directory, site.uri("target")));
      assertThat(failure).isInstanceOf(UploadException.class).hasMessageContaining("MULTIPART");
      assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED);
      assertThat(site.everything()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule({"FAP-PU-5", "W-26"})
  void theContentsOfADirectoryAreMergedBelowThePath(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      site.putDirectly("t/old", new byte[1]);
      file("d/.hidden", "h");
      file("d/_under", "u");
      Path directory = file("d/sub/x", "1").getParent().getParent();
      for (int times = 0; times < 2; times++) {
        TransferReport report =
            site.provider().putData(directory, site.uri("t"), BlobDimensionality.MULTIPART);
        assertThat(report.uri()).isEqualTo(site.uri("t"));
        assertThat(report.files()).isEqualTo(3);
        assertThat(site.everything()).containsExactly("t/.hidden", "t/_under", "t/old", "t/sub/x");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule({"FAP-PU-6", "W-28"})
  void anEmptyDirectoryComesBackAsOne(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      Path empty = Files.createDirectories(temp.resolve("empty"));
      TransferReport report = site.provider().uploadDirectory(empty, site.uri("t"));
      assertThat(report.files()).isZero();
      assertThat(site.provider().exists(site.uri("t"))).isTrue();
      site.provider().downloadDirectory(site.uri("t"), temp.resolve("back"));
      assertThat(temp.resolve("back")).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule({"FAP-PU-6", "W-28"})
  void anEmptyDirectoryInsideIsKeptOrNamed(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      Path directory = file("d/x", "1").getParent();
      Files.createDirectories(directory.resolve("sub/empty"));
      TransferReport report = site.provider().uploadDirectory(directory, site.uri("t"));
      site.provider().downloadDirectory(site.uri("t"), temp.resolve("back"));
      if (kind == Site.Kind.S3) {
        assertThat(report.notes()).singleElement().asString().contains("sub/empty");
        assertThat(site.everything()).containsExactly("t/x");
      } else {
        assertThat(report.notes()).isEmpty();
        assertThat(temp.resolve("back/sub/empty")).isEmptyDirectory();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule({"FAP-PU-7", "W-29"})
  void linksInsideADirectoryBringTheirContent(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      Path directory = file("d/real/x", "1").getParent().getParent();
      Files.createSymbolicLink(directory.resolve("toFile"), Path.of("real/x"));
      Files.createSymbolicLink(directory.resolve("toDirectory"), Path.of("real"));
      TransferReport report = site.provider().uploadDirectory(directory, site.uri("t"));
      assertThat(report.files()).isEqualTo(3);
      assertThat(site.everything()).containsExactly("t/real/x", "t/toDirectory/x", "t/toFile");
      assertThat(site.bytes("t/toDirectory/x")).asString().isEqualTo("1");
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule({"FAP-PU-7", "W-29"})
  void aLinkThatLeadsOutOrNowhereIsAnErrorBeforeAnythingIsSent(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      for (Path target : List.of(Path.of("nothing"), temp)) {
        Path directory = Files.createTempDirectory(temp, "d");
        Files.writeString(directory.resolve("x"), "1");
        Files.createSymbolicLink(directory.resolve("link"), target);
        assertThatThrownBy(() -> site.provider().uploadDirectory(directory, site.uri("t")))
            .isInstanceOf(UploadException.class)
            .hasMessageContaining("link");
        assertThat(site.everything()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule("FAP-PU-8")
  void aLinkAtTheTopIsFollowed(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      Path file = file("d/x", "1");
      Path toFile = Files.createSymbolicLink(temp.resolve("toFile"), file);
      Path toDirectory = Files.createSymbolicLink(temp.resolve("toDirectory"), file.getParent());
      site.provider().putData(toFile, site.uri("file"));
      site.provider().uploadDirectory(toDirectory, site.uri("t"));
      assertThat(site.everything()).containsExactly("file", "t/x");
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule({"FAP-PU-9", "W-22"})
  void patternsAreNames(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      file("ab", "not asked for");
      site.provider().putData(file("a*", "star"), site.uri("t/"));
      site.provider().uploadDirectory(file("[d]/x", "1").getParent(), site.uri("t"));
      assertThat(site.everything()).containsExactly("t/a*", "t/x");
      assertThat(site.bytes("t/a*")).asString().isEqualTo("star");
    }
  }

  @Test
  @Rule({"FAP-PU-13", "W-24"})
  void filesThatArrivedBeforeAFailureAreWholeAndCounted() throws Exception {
    FileAccessProvider.Builder impatient =
        FileAccessProvider.builder()
            .localSandboxDir(temp.resolve("sandbox"))
            .transferLimits(TransferLimits.defaults().withAttempts(1));
    try (S3Endpoint endpoint = S3Endpoint.start();
        Site.S3 site = Site.s3(endpoint, impatient)) {
      file("d/a", "1");
      file("d/b", "22");
      Path large = temp.resolve("in/d/large");
      Files.write(large, new byte[60 << 20]);
      endpoint.faults(
          FaultPlan.of(
              FaultRule.on(RequestKind.UPLOAD_PART)
                  .nth(2)
                  .gives(Fault.status(403, "AccessDenied"))));
      TransferException failure =
          catchThrowableOfType(
              TransferException.class,
              () -> site.provider().uploadDirectory(large.getParent(), site.uri("t")));
      assertThat(failure).isInstanceOf(UploadException.class);
      assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
      assertThat(failure.report().files()).isEqualTo(2);
      assertThat(failure.failures()).singleElement().extracting("path").isEqualTo(large.toString());
      assertThat(site.everything()).containsExactly("t/a", "t/b");
    }
  }

  @ParameterizedTest
  @EnumSource(Site.Kind.class)
  @Rule({"FAP-PD-2", "FAP-PD-3", "W-36"})
  void anyFailureIsAnUploadExceptionWithItsCause(Site.Kind kind) throws Exception {
    try (Site site = Site.open(kind, temp)) {
      Path missing = temp.resolve("missing");
      for (BlobDimensionality shape : BlobDimensionality.values()) {
        TransferException failure =
            catchThrowableOfType(
                TransferException.class,
                () -> site.provider().putData(missing, site.uri("t"), shape));
        assertThat(failure).isInstanceOf(UploadException.class).hasNoSuppressedExceptions();
        assertThat(failure.getCause()).isNotNull();
        assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
        assertThat(failure).hasMessageContaining(missing.toString());
      }
      assertThatThrownBy(() -> site.provider().putData(null, site.uri("t")))
          .isInstanceOf(NullPointerException.class)
          .hasMessageContaining("localPath");
      assertThat(site.everything()).isEmpty();
    }
  }

  @Test
  @Rule("FAP-PD-1")
  void flytesOwnSchemeIsNoStore() throws Exception {
    try (Site site = Site.open(Site.Kind.LOCAL, temp)) {
      Path file = file("x", "1");
      assertThatThrownBy(() -> site.provider().putData(file, "flyte://project/x"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("flyte");
    }
  }
}
