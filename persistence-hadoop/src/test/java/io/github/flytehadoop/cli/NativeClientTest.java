/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.flytehadoop.testkit.ProjectRoot;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.TlsFront;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.testkit.s3.SeenHead;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Native code and the machine that it runs on: a new process each, as a command line is. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
@Tag("slow")
class NativeClientTest {
  private static final String[] TRUSTING_NOBODY = {};

  @TempDir Path temp;
  private final S3Endpoint s3 = S3Endpoint.start();
  private final List<SeenHead> seen = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() {
    s3.createBucket("b");
    s3.onHead(seen::add);
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  /** Whether an object was sent by native code, which does not name the SDK. */
  private boolean natively() {
    List<SeenHead> puts = seen.stream().filter(head -> head.method().equals("PUT")).toList();
    assertThat(puts).hasSize(1);
    return !puts.get(0).header("user-agent").orElse("").contains("aws-sdk-java");
  }

  private Outcome put(String endpoint, String... options) throws Exception {
    Path file = Files.writeString(temp.resolve("f"), "content");
    return Outcome.ofProcess(
        List.of(options), Outcome.s3(endpoint), "put", file.toString(), "s3://b/f");
  }

  private void arrived(Outcome put) {
    assertThat(put.err()).isEmpty();
    assertThat(put.code()).isZero();
    assertThat(s3.bytes("b", "f")).asString().isEqualTo("content");
  }

  @Test
  void overTlsItTrustsWhomJavaTrusts() throws Exception {
    try (TlsFront tls = new TlsFront(s3.uri())) {
      arrived(put(tls.url(), tls.trusting()));
      assertThat(natively()).isTrue();
      Path got = temp.resolve("got");
      Outcome get =
          Outcome.ofProcess(
              List.of(tls.trusting()),
              Outcome.s3(tls.url()),
              "get",
              "-r",
              "s3://b/",
              got.toString());
      assertThat(get.err()).isEmpty();
      assertThat(got.resolve("f")).hasContent("content");
    }
  }

  /** Native code would not say why, and nothing for 10 s and more. */
  @Test
  @Rule("F17")
  void whyAServerIsNotTrustedIsAskedOfJava() throws Exception {
    try (TlsFront tls = new TlsFront(s3.uri())) {
      Path file = Files.writeString(temp.resolve("f"), "content");
      String logging =
          "-Dlog4j2.configurationFile=" + ProjectRoot.resolve("conf/log4j2.properties");
      Outcome put =
          Outcome.ofProcess(
              List.of(logging), Outcome.s3(tls.url()), "put", "-v", file.toString(), "s3://b/f");
      assertThat(put.err().lines())
          .filteredOn(line -> line.contains("is served by Java from now on"))
          .singleElement()
          .asString()
          .contains("PKIX path building failed");
    }
  }

  /**
   * Large files are sent and read by native code as well, which needs neither SDK nor Java's TLS.
   */
  @Test
  void overTlsDirectoriesMoveWithoutTheClientOfTheSdk() throws Exception {
    Path in = Files.createDirectory(temp.resolve("in"));
    byte[] large = new byte[9 << 20];
    new Random(5).nextBytes(large);
    Files.write(in.resolve("large"), large);
    Files.writeString(in.resolve("small"), "small");
    Path loaded = temp.resolve("loaded");
    Path got = temp.resolve("got");
    try (TlsFront tls = new TlsFront(s3.uri())) {
      List<String> options = new ArrayList<>(List.of(tls.trusting()));
      options.add("-Xlog:class+load:file=" + loaded);
      String[][] verbs = {
        {"put", "-r", in.toString(), "s3://b/d"}, {"get", "-r", "s3://b/d", got.toString()}
      };
      for (String[] verb : verbs) {
        Outcome outcome = Outcome.ofProcess(options, Outcome.s3(tls.url()), verb);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(loaded)
            .content()
            .contains("hadoop.s3.crt.NativeRuntime")
            .doesNotContain("org.apache.http.impl.client.HttpClientBuilder")
            .doesNotContain("services.s3.DefaultS3Client ");
      }
    }
    assertThat(got.resolve("large")).hasBinaryContent(large);
    assertThat(got.resolve("small")).hasContent("small");
    assertThat(seen).extracting(SeenHead::method).containsOnly("PUT", "GET");
  }

  @Test
  @Rule("F17")
  void overTlsItTrustsNobodyElse() throws Exception {
    try (TlsFront tls = new TlsFront(s3.uri())) {
      Outcome put = put(tls.url(), TRUSTING_NOBODY);
      assertThat(put.code()).isEqualTo(1);
      assertThat(put.err()).contains("certificate").contains("trust store").hasLineCount(1);
      assertThat(seen).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/sys", "/nonexistent-place"})
  @Rule("B87")
  void aTemporaryDirectoryThatTakesNothingIsNoHindrance(String directory) throws Exception {
    arrived(put(s3.uri().toString(), "-Djava.io.tmpdir=" + directory));
    assertThat(natively()).isTrue();
  }

  @Test
  @Rule("B87")
  void norIsOneWithoutCode() throws Exception {
    Path directory = TestDirectories.create("noexec");
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "noexec", "tmpfs", directory.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(mount.getInputStream().readAllBytes());
    assumeTrue(mount.waitFor() == 0, "no file system can be mounted here: " + said);
    try {
      arrived(put(s3.uri().toString(), "-Djava.io.tmpdir=" + directory));
      assertThat(natively()).isTrue();
      assertThat(directory).isEmptyDirectory();
    } finally {
      new ProcessBuilder("umount", directory.toString()).inheritIO().start().waitFor();
    }
  }

  @Test
  @Rule("B87")
  void whereNoDirectoryTakesTheLibraryJavaSendsEverything() throws Exception {
    String nowhere = "-Daws.crt.lib.dir=/sys";
    Outcome put = put(s3.uri().toString(), nowhere, "-Djava.io.tmpdir=/sys");
    assertThat(put.code()).as(put.err()).isZero();
    assertThat(natively()).isFalse();
  }

  @Test
  void nothingOfTheLibraryStays() throws Exception {
    Path directory = Files.createDirectory(temp.resolve("tmp"));
    arrived(put(s3.uri().toString(), "-Djava.io.tmpdir=" + directory));
    assertThat(natively()).isTrue();
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith("AWSCRT") || name.startsWith("flyte-"));
    }
  }

  private static String classPathWithout(String part) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains(part))
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  @Rule("F58")
  void withoutItsJarJavaSendsEverything() throws Exception {
    arrived(put(s3.uri().toString(), "-cp", classPathWithout("aws-crt")));
    assertThat(natively()).isFalse();
    Outcome doctor =
        Outcome.ofProcess(
            List.of("-cp", classPathWithout("aws-crt")), Outcome.s3(s3), "doctor", "s3://b/");
    assertThat(doctor.out()).contains("aws-crt is not on the class path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/s3/", "/apache-client/", "/software/amazon/awssdk/"})
  @Rule("F58")
  void aMissingJarOfTheSdkIsNamedAndOthersNeedNone(String jar) throws Exception {
    Outcome put = put(s3.uri().toString(), "-cp", classPathWithout(jar));
    assertThat(put.code()).isEqualTo(1);
    String named = jar.equals("/apache-client/") ? "apache-client" : "s3";
    assertThat(put.err())
        .contains("software.amazon.awssdk:" + named)
        .contains("class path")
        .hasLineCount(1);
    List<String> options = new ArrayList<>(List.of("-cp", classPathWithout(jar)));
    Outcome copy =
        Outcome.ofProcess(
            options, Map.of(), "cp", temp.resolve("f").toString(), temp.resolve("g").toString());
    assertThat(copy.err()).isEmpty();
    assertThat(temp.resolve("g")).hasContent("content");
  }
}
