/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.ProjectRoot;
import io.github.flytehadoop.testkit.ShortLivedJvm;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.testkit.s3.SeenHead;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The packed command line, unpacked below a name with a blank, a colon and an umlaut, where nobody
 * may write; run by another user when this one is root.
 */
@Tag("packaged")
@Timeout(900)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for a POSIX shell")
class DistributionTest {
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  private Path unpacked;
  private Path user;

  @BeforeEach
  void unpack() throws Exception {
    String name = "flyte-data-" + ProjectRoot.version() + ".tar.gz";
    Path packed = TestDirectories.target().resolve(name);
    Path top = TestDirectories.create("distribution");
    Path odd = Files.createDirectory(top.resolve("odd \u00fc:place"));
    command(List.of("tar", "xzf", packed.toString(), "-C", odd.toString()));
    try (Stream<Path> files = Files.list(odd)) {
      unpacked = files.findFirst().orElseThrow();
    }
    command(List.of("chmod", "-R", "a-w,a+rX", top.toString()));
    user = TestDirectories.create("user");
    Files.setPosixFilePermissions(user, PosixFilePermissions.fromString("rwxr-xr-x"));
    if (mayChange()) {
      Files.setAttribute(user, "unix:uid", 65534);
    }
  }

  @AfterEach
  void remove() throws Exception {
    ArchiveMaker.await(user);
    command(List.of("chmod", "-R", "u+w", unpacked.getParent().getParent().toString()));
    TestDirectories.delete(unpacked.getParent().getParent());
    TestDirectories.delete(user);
  }

  @Test
  void itRunsFromAnywhereAndWritesNothingBesideItself() throws Exception {
    Map<String, Object> before = files();
    Files.writeString(user.resolve("a.txt"), "content");

    assertThat(flyteData("--version")).startsWith("flyte-data ").hasLineCount(1);
    flyteData("put", "a.txt", user.resolve("b.txt").toUri().toString());
    assertThat(flyteData("ls", user.resolve("b.txt").toString())).contains("7 ", "b.txt");
    flyteData("get", user.resolve("b.txt").toString(), "c.txt");

    assertThat(user.resolve("c.txt")).hasContent("content");
    assertThat(files()).isEqualTo(before);
    assertThat(user.resolve(".cache/flyte-data")).isNotEmptyDirectory();
    ArchiveMaker.await(user);
    assertThat(user.resolve(".cache")).isDirectoryRecursivelyContaining("glob:**flyte-data.jsa");
    assertThat(flyteData("--version")).startsWith("flyte-data ").hasLineCount(1);
    assertThat(unpacked).isDirectoryContaining("glob:**THIRD-PARTY.txt");
    assertThat(unpacked).isDirectoryContaining("glob:**LICENSE");
  }

  /** It could not be: a process that tried would send everything by Java. */
  @Test
  @EnabledOnOs(
      value = OS.LINUX,
      architectures = {"amd64", "aarch64"},
      disabledReason = "others unpack it")
  void theNativeClientOfS3IsNotUnpackedAgain() throws Exception {
    Path file = Files.writeString(user.resolve("a.txt"), "content");
    List<SeenHead> seen = new CopyOnWriteArrayList<>();
    try (S3Endpoint s3 = S3Endpoint.start()) {
      s3.createBucket("b");
      s3.onHead(seen::add);
      Map<String, String> variables = new TreeMap<>(Outcome.s3(s3));
      variables.put("FLYTE_DATA_JAVA_OPTS", "-Daws.crt.lib.dir=/sys");
      assertThat(withVariables(variables, "put", file.toString(), "s3://b/a.txt"))
          .startsWith("put 1 file");
      assertThat(s3.bytes("b", "a.txt")).asString().isEqualTo("content");
    }
    assertThat(seen)
        .filteredOn(head -> head.method().equals("PUT"))
        .singleElement()
        .extracting(head -> head.header("user-agent").orElse(""))
        .asString()
        .doesNotContain("aws-sdk-java");
  }

  /** {@link DistributionSuite} has them; it runs as that user, too. */
  @Test
  void itPassesTheTestsOfTheCommandLine() throws Exception {
    Map<String, Object> before = files();
    String classPath = readableClassPath();
    Path java = anotherJava();
    withVariables(Map.of("JAVA_HOME", java.toString()), "--version");
    ArchiveMaker.await(user);
    List<CompletableFuture<String>> halves = new ArrayList<>();
    for (int half = 0; half < DistributionSuite.HALVES.size(); half++) {
      List<String> suite = suite(half, classPath, java);
      halves.add(CompletableFuture.supplyAsync(() -> said(suite)));
    }
    for (CompletableFuture<String> half : halves) {
      String said = half.get(12, TimeUnit.MINUTES);
      System.out.println(said.lines().findFirst().orElse(""));
      assertThat(said).contains("writable: false").contains("[         0 tests failed          ]");
    }
    assertThat(files()).isEqualTo(before);
  }

  private List<String> suite(int half, String classPath, Path java) throws Exception {
    List<String> suite = new ArrayList<>();
    if (mayChange()) {
      suite.addAll(onAReadOnlyMount());
      suite.addAll(AS_NOBODY);
    }
    Path target = Files.createDirectories(user.resolve("target" + half));
    give(target);
    suite.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    suite.add("-Xmx1g");
    suite.addAll(ShortLivedJvm.OPTIONS);
    suite.add("-Dflyte.test.directory=" + target);
    suite.add("-Djava.io.tmpdir=" + user);
    suite.add("-D" + Launched.PROPERTY + "=" + unpacked.resolve("bin/flyte-data"));
    suite.add("-D" + Launched.JAVA_PROPERTY + "=" + java);
    suite.add("-D" + Launched.CACHE_PROPERTY + "=" + user.resolve(".cache"));
    suite.addAll(List.of("-cp", classPath, DistributionSuite.class.getName()));
    suite.add(Integer.toString(half));
    return suite;
  }

  private String said(List<String> suite) {
    try {
      return command(suite, ProjectRoot.resolve("persistence-hadoop"), 12);
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Words in front of a command, where this machine lets root mount. */
  private List<String> onAReadOnlyMount() throws Exception {
    List<String> words =
        List.of(
            "unshare",
            "--mount",
            "sh",
            "-ec",
            "mount --bind \"$0\" \"$0\"; mount -o remount,ro,bind \"$0\"; "
                + "if touch \"$0/x\" 2>/dev/null; then exit 9; fi; exec \"$@\"",
            unpacked.toString());
    List<String> tried = new ArrayList<>(words);
    tried.add("true");
    // what root may not touch is read-only to everybody
    boolean may = new ProcessBuilder(tried).start().waitFor() == 0;
    if (!may) {
      System.out.println("nobody may mount here: the distribution is read-only by its modes alone");
    }
    return may ? words : List.of();
  }

  /** Another release where this machine has one; otherwise this one by another path. */
  private Path anotherJava() throws IOException {
    Path mine = Path.of(System.getProperty("java.home"));
    Path all = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(all)) {
      try (Stream<Path> others = Files.list(all)) {
        for (Path other : others.filter(each -> Files.isDirectory(each)).sorted().toList()) {
          if (isNewer(other.resolve("release")) && Files.isExecutable(other.resolve("bin/java"))) {
            return other;
          }
        }
      }
    }
    return Files.createSymbolicLink(user.resolve("another java"), mine);
  }

  private static boolean isNewer(Path release) throws IOException {
    return Files.isReadable(release)
        && Files.readString(release)
            .lines()
            .anyMatch(line -> line.matches("JAVA_VERSION=\"(2[0-9]).*"));
  }

  /** The class path of this JVM; the local repository may lie where its owner alone may look. */
  private String readableClassPath() throws IOException {
    Path links = Files.createDirectory(user.resolve("links"));
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (entry.endsWith(".jar") && Files.exists(path)) {
        Path link = links.resolve(entries.size() + ".jar");
        try {
          Files.createLink(link, path);
        } catch (IOException | UnsupportedOperationException otherDisk) {
          Files.copy(path, link);
        }
        path = link;
      }
      entries.add(path.toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  private void give(Path path) throws Exception {
    if (mayChange()) {
      Files.setAttribute(path, "unix:uid", 65534);
    }
  }

  private String flyteData(String... arguments) throws Exception {
    return withVariables(Map.of(), arguments);
  }

  private String withVariables(Map<String, String> variables, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(mayChange() ? AS_NOBODY : List.of());
    command.add("env");
    variables.forEach((name, value) -> command.add(name + "=" + value));
    command.add(unpacked.resolve("bin/flyte-data").toString());
    command.addAll(List.of(arguments));
    return command(command);
  }

  private boolean mayChange() throws Exception {
    if (!System.getProperty("user.name").equals("root")) {
      return false;
    }
    List<String> reading = new ArrayList<>(AS_NOBODY);
    reading.addAll(List.of("test", "-r", unpacked.resolve("bin/flyte-data").toString()));
    return new ProcessBuilder(reading).start().waitFor() == 0;
  }

  private String command(List<String> command) throws IOException, InterruptedException {
    return command(command, user, 1);
  }

  private String command(List<String> command, Path directory, int minutes)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().keySet().removeAll(List.of("XDG_CACHE_HOME", "FLYTE_DATA_JAVA_OPTS"));
    if (user != null) {
      builder.directory(directory.toFile());
      builder.environment().put("HOME", user.toString());
      builder.environment().put("TMPDIR", user.toString());
    }
    Process process = builder.redirectErrorStream(true).start();
    try {
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(minutes, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(out).isZero();
      return out;
    } finally {
      process.destroyForcibly();
    }
  }

  private Map<String, Object> files() throws IOException {
    Map<String, Object> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(unpacked)) {
      for (Path path : all.toList()) {
        found.put(path.toString(), Files.getLastModifiedTime(path));
      }
    }
    return found;
  }
}
