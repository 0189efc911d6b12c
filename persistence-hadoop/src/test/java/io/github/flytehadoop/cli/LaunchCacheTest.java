/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Where an unpacked distribution keeps its archive of classes, which is code: with a Java that
 * prints its arguments.
 */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for a POSIX shell")
class LaunchCacheTest {
  private static final String ARCHIVE = "-XX:SharedArchiveFile=";
  private static final String JAVA =
      """
      #!/bin/sh
      [ "$1" != -XshowSettings:properties ] || { echo ' java.specification.version = 17' >&2; exit; }
      cd "${0%%%%/jdk/*}"
      case "$*" in
        *WarmUp*) echo >> making; while [ -e slow ]; do sleep 0.1; done; exit ;;
        *-Xshare:dump*) for word; do case $word in %s*) : > "${word#*=}" ;; esac; done; exit ;;
      esac
      [ ! -e slow ] || { sleep 2; [ ! -e making ] || echo 'shares with the maker'; }
      printf '%%s\\n' "$@"
      """
          .formatted(ARCHIVE);

  private Path home;
  private Path user;

  @BeforeEach
  void distribution() throws IOException {
    home = TestDirectories.create("unpacked");
    Path script = TestDirectories.target().resolve("../../bin/flyte-data").normalize();
    executable("bin/flyte-data", Files.readString(script));
    executable("jdk/bin/java", JAVA);
    Files.writeString(Files.createDirectories(home.resolve("lib")).resolve("some.jar"), "");
    user = TestDirectories.create("user");
    mode(user, "rwxr-xr-x");
  }

  @AfterEach
  void remove() {
    TestDirectories.delete(home);
    TestDirectories.delete(user);
  }

  private void executable(String name, String text) throws IOException {
    Path path = home.resolve(name);
    Files.createDirectories(path.getParent());
    mode(Files.writeString(path, text), "rwxr-xr-x");
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  /** Where the archive is after a first start, which has it made. */
  private Path prepared() throws Exception {
    assertThat(run(Map.of("HOME", user.toString()))).doesNotContain(ARCHIVE);
    ArchiveMaker.await(user);
    assertThat(run(Map.of("HOME", user.toString()))).contains(ARCHIVE + user);
    try (Stream<Path> files = Files.walk(user)) {
      return files.filter(file -> file.endsWith("flyte-data.jsa")).findFirst().orElseThrow();
    }
  }

  @Test
  void noCommandWaitsForAnArchiveOrRunsBesideItsFirstMaker() throws Exception {
    Path slow = Files.createFile(home.resolve("slow"));
    Path making = home.resolve("making");
    Map<String, String> environment = Map.of("HOME", user.toString());

    assertThat(run(environment)).contains("--version").doesNotContain(ARCHIVE, "shares");
    while (!Files.exists(making)) {
      Thread.sleep(20);
    }
    assertThat(run(environment)).contains("--version").doesNotContain(ARCHIVE);
    Files.delete(slow);
    ArchiveMaker.await(user);

    assertThat(run(environment)).contains(ARCHIVE + user);
    assertThat(making).as("one maker").hasSize(1);
  }

  @Test
  void eachJavaKeepsItsOwn() throws Exception {
    executable("jdk/other/bin/java", JAVA);
    Path archive = prepared();
    Map<String, String> other =
        Map.of("HOME", user.toString(), "JAVA_HOME", home.resolve("jdk/other").toString());

    assertThat(run(other)).doesNotContain(ARCHIVE);
    ArchiveMaker.await(user);

    assertThat(run(other)).contains(ARCHIVE + user).doesNotContain(ARCHIVE + archive);
    assertThat(run(Map.of("HOME", user.toString()))).contains(ARCHIVE + archive);
  }

  @Test
  void aMakerThatWasKilledDoesNotCount() throws Exception {
    Path maker = prepared().resolveSibling("maker");
    Files.delete(maker.resolveSibling("flyte-data.jsa"));
    Files.delete(maker.resolveSibling("java"));
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Files.writeString(Files.createDirectory(maker).resolve("pid"), ended.pid() + "\n");
    Path left = Files.createDirectory(maker.resolveSibling("making.1"));

    prepared();
    assertThat(left).doesNotExist();
  }

  @Test
  void nobodyElseMayReadOrWriteWhatItKeeps() throws Exception {
    Path archive = prepared();
    for (Path path = archive.getParent(); !path.equals(user); path = path.getParent()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rwx------");
    }
    assertThat(run(Map.of("HOME", user.toString()))).contains(ARCHIVE + archive);
  }

  @Test
  void whatOthersMayWriteIsNotUsed() throws Exception {
    Path archive = prepared();
    mode(archive, "rw-rw-r--");
    assertThat(run(Map.of("HOME", user.toString()))).doesNotContain(ARCHIVE);
    mode(archive, "rw-r--r--");
    assertThat(run(Map.of("HOME", user.toString()))).contains(ARCHIVE);
    for (Path place : List.of(archive.getParent(), archive.getParent().getParent())) {
      mode(place, "rwxrwxr-x");
      assertThat(run(Map.of("HOME", user.toString()))).as("%s", place).doesNotContain(ARCHIVE);
      mode(place, "rwxr-xr-x");
    }
    mode(user.resolve(".cache"), "rwxrwxrwx");
    assertThat(run(Map.of("HOME", user.toString()))).doesNotContain(ARCHIVE);
  }

  @Test
  void whatAnotherUserPreparedIsNotUsed() throws Exception {
    Path archive = prepared();
    assumeTrue(
        System.getProperty("user.name").equals("root"), "only root can give a file to others");
    for (Path path = archive; !path.equals(user); path = path.getParent()) {
      Files.setAttribute(path, "unix:uid", 65534);
      assertThat(run(Map.of("HOME", user.toString()))).as("%s", path).doesNotContain(ARCHIVE);
      Files.setAttribute(path, "unix:uid", 0);
    }
    Files.setAttribute(user, "unix:uid", 65534);
    assertThat(run(Map.of("HOME", user.toString()))).doesNotContain(ARCHIVE);
  }

  @Test
  void withoutAHomeItKeepsNothing() throws Exception {
    assertThat(run(Map.of())).doesNotContain(ARCHIVE).contains("--version");
    assertThat(run(Map.of("HOME", user + "/absent"))).doesNotContain(ARCHIVE);
    assertThat(run(Map.of("XDG_CACHE_HOME", "relative"))).doesNotContain(ARCHIVE);
    assertThat(user).isEmptyDirectory();
    assertThat(Path.of("/nonexistent")).doesNotExist();
    assertThat(run(Map.of("XDG_CACHE_HOME", user.toString()))).contains("--version");
    ArchiveMaker.await(user);
    assertThat(run(Map.of("XDG_CACHE_HOME", user.toString()))).contains(ARCHIVE + user);
  }

  private String run(Map<String, String> environment) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh", "-c", "umask 000; exec \"$0\" --version", home.resolve("bin/flyte-data") + "");
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("PATH", System.getenv("PATH"));
    variables.putIfAbsent("JAVA_HOME", home.resolve("jdk").toString());
    builder.environment().clear();
    builder.environment().putAll(variables);
    Process process = builder.redirectErrorStream(true).directory(user.toFile()).start();
    try {
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(out).isZero();
      return out;
    } finally {
      process.destroyForcibly();
    }
  }
}
