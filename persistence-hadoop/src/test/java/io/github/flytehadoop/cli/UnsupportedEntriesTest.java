/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries that nobody can transfer, among files that everybody can. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(120)
@Tag("slow")
class UnsupportedEntriesTest {
  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir Path temp;
  private Path from;
  private Path to;

  @BeforeEach
  void plant() throws IOException {
    from = Files.createDirectories(temp.resolve("in"));
    to = temp.resolve("out");
    Files.writeString(from.resolve("a"), "alpha");
    Files.createDirectories(from.resolve("sub"));
    Files.writeString(from.resolve("sub/b"), "beta");
  }

  /** Makes one of them, and returns its name. */
  private String plant(String kind) throws Exception {
    Path at = from.resolve("odd");
    switch (kind) {
      case "pipe" -> {
        Process made = new ProcessBuilder("mkfifo", at.toString()).start();
        assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();
      }
      case "broken link" -> Files.createSymbolicLink(at, Path.of("nothing"));
      case "link out" -> Files.createSymbolicLink(at, Files.createDirectories(temp.resolve("x")));
      case "loop" -> Files.createSymbolicLink(at, Path.of("."));
      case "name" -> at = Files.writeString(from.resolve("odd\u007fname"), "x");
      default -> throw new IllegalArgumentException(kind);
    }
    return at.getFileName().toString();
  }

  private void assertArrived(Path target) {
    assertThat(target.resolve("a")).hasContent("alpha");
    assertThat(target.resolve("sub/b")).hasContent("beta");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pipe", "broken link", "link out", "loop", "name"})
  @Rule("B85")
  void oneEntryFailsUnlessItIsExcludedOrSkipped(String kind) throws Exception {
    String name = plant(kind);
    for (String verb : List.of("put", "cp")) {
      Outcome failed = Outcome.of(verb, "-r", from.toString(), to.resolve("1").toString());
      assertThat(failed.code()).isEqualTo(1);
      assertThat(failed.err()).contains("odd").hasLineCount(1);
      assertThat(to.resolve("1")).doesNotExist();

      Path excluded = to.resolve(verb + "2");
      Outcome without =
          Outcome.of(verb, "-r", "--exclude", "odd*", from.toString(), excluded.toString());
      assertThat(without).isEqualTo(new Outcome(0, without.out(), ""));
      assertArrived(excluded);

      Path skipped = to.resolve(verb + "3");
      Outcome skip =
          Outcome.of(verb, "-r", "--on-unsupported", "skip", from.toString(), skipped.toString());
      assertThat(skip.code()).as(skip.err()).isEqualTo(3);
      assertThat(skip.out()).contains("1 entry was left out").contains("2 files");
      assertArrived(skipped);
      assertThat(Files.list(skipped).map(Path::getFileName).map(Path::toString))
          .doesNotContain(name);
    }
  }

  @Test
  @Rule("B85")
  void skippedEntriesAreCountedAndNamedInTheReport() throws Exception {
    plant("pipe");
    Files.createSymbolicLink(from.resolve("sub/broken"), Path.of("nothing"));
    Outcome put =
        Outcome.of(
            "put", "-r", "--output=json", "--on-unsupported=skip", from.toString(), to.toString());
    assertThat(put.code()).isEqualTo(3);
    JsonNode report = new ObjectMapper().readTree(put.out());
    assertThat(report.get("files").asInt()).isEqualTo(2);
    assertThat(report.get("failures").findValuesAsText("path"))
        .containsExactlyInAnyOrder("odd", "sub/broken");
    assertThat(report.get("failures").findValuesAsText("kind"))
        .containsExactly("UNSUPPORTED", "UNSUPPORTED");
    assertThat(report.get("notes").toString()).contains("2 entries were left out");
  }

  @Test
  @Rule("B85")
  void aDirectoryWithoutPermissionIsSkippedOrExcluded() throws Exception {
    assumeFalse("root".equals(System.getProperty("user.name")), "root may read everything");
    Path closed = Files.createDirectories(from.resolve("closed/below")).getParent();
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      assertThat(Outcome.of("put", "-r", from.toString(), to.toString()).code()).isEqualTo(1);
      Outcome excluded =
          Outcome.of("put", "-r", "--exclude", "closed/**", from.toString(), to.toString());
      assertThat(excluded.code()).as(excluded.err()).isZero();
      Outcome skipped =
          Outcome.of("put", "-r", "--on-unsupported=skip", from.toString(), to.toString());
      assertThat(skipped.code()).isEqualTo(3);
      assertThat(skipped.out()).contains("closed");
      Outcome listed = Outcome.of("ls", "-r", from.toString());
      assertThat(listed.code()).isEqualTo(3);
      assertThat(listed.out()).contains("/a").contains("/sub/b").contains("closed/  (");
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pipe", "broken link", "link out", "loop"})
  @Rule("B85")
  void lsShowsItAndGoesOn(String kind) throws Exception {
    plant(kind);
    for (String depth : List.of("-r", "--no-depth")) {
      Outcome listed =
          depth.equals("-r")
              ? Outcome.of("ls", "-r", from.toString())
              : Outcome.of("ls", from.toString());
      assertThat(listed.code()).as(listed.err()).isZero();
      assertThat(listed.err()).isEmpty();
      assertThat(listed.out()).contains(from + "/a").contains(from + "/sub");
      assertThat(listed.out()).contains(from + "/odd");
    }
    Outcome json = Outcome.of("ls", "-r", "--output=json", from.toString());
    assertThat(json.out()).contains("\"kind\":\"OTHER\"").contains("\"problem\":\"Cannot list");
  }

  @Test
  @Rule({"B85", "F62"})
  void aPipeInTheTargetStaysAndStopsNothing() throws Exception {
    Path target = Files.createDirectories(temp.resolve("target"));
    from = target;
    plant("pipe");
    Files.writeString(target.resolve("extra"), "x");
    Outcome mirrored =
        Outcome.of(
            "cp",
            "-r",
            "--overwrite",
            "--delete-extra=5",
            temp.resolve("in").toString(),
            target.toString());
    assertThat(mirrored.code()).as(mirrored.err()).isZero();
    assertArrived(target);
    assertThat(target.resolve("extra")).doesNotExist();
    assertThat(Files.exists(target.resolve("odd"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"d//three", "d/x//three", "d/./three", "d/three_$folder$"})
  @Rule("B86")
  void aKeyThatNoPathNamesHidesNoOthers(String key) throws Exception {
    try (S3Endpoint s3 = S3Endpoint.start()) {
      s3.createBucket("b");
      for (String plain : List.of("d/a", "d/sub/b", "d/z")) {
        s3.putDirectly("b", plain, CONTENT);
      }
      s3.putDirectly("b", key, CONTENT);
      var environment = Outcome.s3(s3);

      Outcome listed = Outcome.of(environment, "ls", "-r", "s3://b/d");
      assertThat(listed.code()).as(listed.err()).isZero();
      assertThat(listed.out())
          .contains("s3://b/d/a\n", "s3://b/d/sub/b\n", "s3://b/d/z\n", "s3://b/" + key + "  (");

      Outcome failed = Outcome.of(environment, "get", "-r", "s3://b/d", to + "1");
      assertThat(failed.code()).isEqualTo(1);
      assertThat(failed.err()).contains(key);

      // a first slash or dot is the key's own, not that of a path
      String glob = key.substring(2).replaceFirst("^(?=/|\\./)", "\\\\");
      Outcome excluded =
          Outcome.of(environment, "get", "-r", "--exclude", glob, "s3://b/d", to + "2");
      assertThat(excluded.code()).as(excluded.err()).isZero();
      assertThat(Path.of(to + "2/z")).hasBinaryContent(CONTENT);

      Outcome skipped =
          Outcome.of(environment, "cp", "-r", "--on-unsupported=skip", "s3://b/d", "s3://b/copy");
      assertThat(skipped.code()).as(skipped.err()).isEqualTo(3);
      assertThat(skipped.out()).contains("3 files").contains("1 entry was left out");
      assertThat(s3.keys("b")).contains("copy/a", "copy/sub/b", "copy/z");

      s3.putDirectly("b", "copy/" + key.substring(2), CONTENT);
      Outcome mirrored =
          Outcome.of(
              environment,
              "cp",
              "-r",
              "--overwrite",
              "--delete-extra=9",
              "--on-unsupported=skip",
              "s3://b/d/sub",
              "s3://b/copy");
      assertThat(mirrored.code()).as(mirrored.err()).isZero();
      assertThat(s3.keys("b"))
          .contains("copy/b", "copy/" + key.substring(2))
          .doesNotContain("copy/a", "copy/z");
    }
  }

  @Test
  @Rule({"B86", "B15"})
  void aFileThatIsADirectoryTooIsSkippedWhereTheTargetCannotHoldBoth() throws Exception {
    try (S3Endpoint s3 = S3Endpoint.start()) {
      s3.createBucket("b");
      s3.putDirectly("b", "d/one", CONTENT);
      s3.putDirectly("b", "d/one/below", CONTENT);
      s3.putDirectly("b", "d/two", CONTENT);
      Outcome got =
          Outcome.of(
              Outcome.s3(s3), "get", "-r", "--on-unsupported=skip", "s3://b/d", to.toString());
      assertThat(got.code()).as(got.err()).isEqualTo(3);
      assertThat(to.resolve("one")).hasBinaryContent(CONTENT);
      assertThat(to.resolve("two")).hasBinaryContent(CONTENT);
    }
  }

  @Test
  @Rule("B86")
  void aNameThatTheTargetCannotHoldIsSkipped() throws Exception {
    try (S3Endpoint s3 = S3Endpoint.start()) {
      s3.createBucket("b");
      String tooLong = "n".repeat(300);
      s3.putDirectly("b", "d/" + tooLong, CONTENT);
      s3.putDirectly("b", "d/two", CONTENT);
      String[] get = {"get", "-r", "s3://b/d", to.toString()};
      assertThat(Outcome.of(Outcome.s3(s3), get).code()).as("the others arrive").isEqualTo(3);
      Outcome skipped =
          Outcome.of(Outcome.s3(s3), "get", "-r", "--on-unsupported=skip", "s3://b/d", to + "2");
      assertThat(skipped.code()).isEqualTo(3);
      assertThat(skipped.err()).isEmpty();
      assertThat(skipped.out()).contains("1 file, ").contains("nnn");
      assertThat(Path.of(to + "2/two")).hasBinaryContent(CONTENT);
    }
  }
}
