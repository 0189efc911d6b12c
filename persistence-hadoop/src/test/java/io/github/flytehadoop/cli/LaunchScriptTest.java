/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@code bin/flyte-data} with a Java that prints its arguments, in a checkout of no sources. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for a POSIX shell")
class LaunchScriptTest {
  private static final String JAVA =
      """
      #!/bin/sh
      [ "$1" != -XshowSettings:properties ] || { echo ' java.specification.version = 17' >&2; exit; }
      printf '%s\\n' "$@"
      """;
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  private Path home;
  private Path built;

  @BeforeEach
  void checkout() throws IOException {
    home = TestDirectories.create("checkout");
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    executable("mvnw", "#!/bin/sh\necho 'must not build'\nexit 7\n");
    executable("bin/flyte-data", Files.readString(script()));
    executable("jdk/bin/java", JAVA);
    executable("other/bin/java", JAVA);
    file("pom.xml", "");
    file("persistence-hadoop/pom.xml", "");
    file("persistence-hadoop/src/main/java/Some.java", "");
    built = file("persistence-hadoop/target/cli/flyte-data.jar", "").getParent();
    file("persistence-hadoop/target/cli/flyte-data.jsa", "");
    Files.createDirectories(built.resolve("lib"));
    file("persistence-hadoop/target/cli/stamp", "");
    file("persistence-hadoop/target/cli/java", home.resolve("jdk/bin/java") + "\n");
  }

  @AfterEach
  void remove() {
    TestDirectories.delete(home);
  }

  private static Path script() {
    return TestDirectories.target().resolve("../../bin/flyte-data").normalize();
  }

  private Path file(String name, String text) throws IOException {
    Path path = home.resolve(name);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  private void executable(String name, String text) throws IOException {
    Files.setPosixFilePermissions(file(name, text), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  @Rule("B87")
  void temporaryFilesGoWhereTmpdirSays() throws Exception {
    Outcome outcome = run(List.of(), Map.of("TMPDIR", "/a b/tmp"), "jdk");
    assertThat(outcome.out().lines()).contains("-Djava.io.tmpdir=/a b/tmp");
    Outcome without = run(List.of(), Map.of("TMPDIR", ""), "jdk");
    assertThat(without.out()).doesNotContain("java.io.tmpdir");
  }

  @Test
  @Rule("B87")
  void optionsForTheJvmWinOverTmpdir() throws Exception {
    Map<String, String> environment =
        Map.of("TMPDIR", "/one", "FLYTE_DATA_JAVA_OPTS", "-Djava.io.tmpdir=/two");
    assertThat(run(List.of(), environment, "jdk").out().lines())
        .containsSubsequence("-Djava.io.tmpdir=/one", "-Djava.io.tmpdir=/two", "-cp");
  }

  @Test
  @Rule("B88")
  void anotherUserRunsWhatItsOwnerBuilt() throws Exception {
    assumeNobody();
    Map<String, FileTime> before = files();
    Outcome outcome = run(AS_NOBODY, Map.of(), "jdk");
    assertThat(outcome.out().lines())
        .contains("-XX:SharedArchiveFile=" + built.resolve("flyte-data.jsa"))
        .endsWith(FlyteData.class.getName(), "--version");
    assertThat(outcome.err()).isEmpty();
    assertThat(files()).isEqualTo(before);
  }

  @Test
  @Rule("B88")
  void anotherJavaRunsWithoutTheArchive() throws Exception {
    assumeNobody();
    Map<String, FileTime> before = files();
    Outcome outcome = run(AS_NOBODY, Map.of(), "other");
    assertThat(outcome.out()).doesNotContain("SharedArchiveFile").contains("--version");
    assertThat(outcome.err()).isEmpty();
    assertThat(files()).isEqualTo(before);
  }

  @Test
  @Rule("B88")
  void aStaleBuildOfSomebodyElseIsUsedAndThatIsSaid() throws Exception {
    assumeNobody();
    Files.setLastModifiedTime(
        home.resolve("persistence-hadoop/src/main/java/Some.java"),
        FileTime.fromMillis(System.currentTimeMillis() + 60_000));
    Outcome outcome = run(AS_NOBODY, Map.of(), "jdk");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("--version");
    assertThat(outcome.err()).contains("the old build is used").hasLineCount(1);
  }

  @Test
  @Rule("B88")
  void userWithoutWriteAccessIsToldSo() throws Exception {
    assumeNobody();
    TestDirectories.delete(built);
    Outcome outcome = run(AS_NOBODY, Map.of(), "jdk");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("Cannot start: it is not built, and you may not write to " + home)
        .hasLineCount(1);
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  @Rule("B88")
  void theOwnerBuilds() throws Exception {
    TestDirectories.delete(built);
    Outcome outcome = run(List.of(), Map.of(), "jdk");
    assertThat(outcome.err()).contains("must not build", "Cannot build: see above");
    assertThat(outcome.code()).isEqualTo(1);
  }

  /** Runs that script as somebody, with a Java; the parents of the checkout have to be open. */
  private Outcome run(List<String> as, Map<String, String> environment, String java)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(as);
    command.addAll(List.of(home.resolve("bin/flyte-data").toString(), "--version"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeAll(List.of("TMPDIR", "FLYTE_DATA_JAVA_OPTS"));
    builder.environment().put("JAVA_HOME", home.resolve(java).toString());
    builder.environment().put("HOME", "/nonexistent");
    builder.environment().putAll(environment);
    Path err = TestDirectories.scratch("launch").resolve("err");
    Process process = builder.redirectError(err.toFile()).start();
    try {
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      return new Outcome(process.exitValue(), out, Files.readString(err));
    } finally {
      process.destroyForcibly();
    }
  }

  private void assumeNobody() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can become another user");
    List<String> command = new ArrayList<>(AS_NOBODY);
    command.addAll(List.of("test", "-r", built.resolve("flyte-data.jar").toString()));
    int code = new ProcessBuilder(command).start().waitFor();
    assumeTrue(code == 0, "nobody cannot read below " + home + ", or there is no setpriv");
  }

  private Map<String, FileTime> files() throws IOException {
    Map<String, FileTime> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(home)) {
      for (Path path : all.toList()) {
        found.put(path.toString(), Files.getLastModifiedTime(path));
      }
    }
    return found;
  }
}
