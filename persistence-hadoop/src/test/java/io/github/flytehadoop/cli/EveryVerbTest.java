/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every verb that moves or looks, once, on the local disk and on S3. */
@Timeout(120)
class EveryVerbTest {
  @TempDir Path temp;
  private final S3Endpoint s3 = S3Endpoint.start();
  private Map<String, String> environment;

  @BeforeEach
  void start() {
    s3.createBucket("b");
    environment = Outcome.s3(s3);
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  private String done(String... words) {
    Outcome outcome = Outcome.of(environment, words);
    assertThat(outcome.err()).as(String.join(" ", words)).isEmpty();
    assertThat(outcome.code()).as(String.join(" ", words)).isZero();
    return outcome.out();
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOCAL", "s3://b/raw"})
  void everyVerbDoesItsWork(String where) throws Exception {
    String root = where.replace("LOCAL", temp.resolve("raw").toString());
    Path tree = Files.createDirectories(temp.resolve("in/sub"));
    Files.writeString(tree.resolveSibling("a.txt"), "alpha");
    Files.writeString(tree.resolve("b \u00fc:+%41"), "beta");
    String in = temp.resolve("in").toString();

    assertThat(done("plan", "-r", in, root + "/tree")).contains("2 files");
    assertThat(done("put", "-r", in, root + "/tree")).contains("2 files, 9 bytes");
    assertThat(done("ls", "-r", root + "/tree").lines()).hasSize(2);
    assertThat(done("stat", root + "/tree/a.txt")).contains("length: 5");
    assertThat(done("cat", root + "/tree/sub/b \u00fc:+%41")).isEqualTo("beta");
    assertThat(done("cp", "-r", root + "/tree", root + "/copy")).contains("2 files");
    assertThat(done("check", "--content", in, root + "/copy")).startsWith("2 the same");
    done("get", "-r", root + "/copy", temp.resolve("back").toString());
    assertThat(temp.resolve("back/sub/b \u00fc:+%41")).hasContent("beta");
    ByteArrayInputStream pipe = new ByteArrayInputStream("piped".getBytes(StandardCharsets.UTF_8));
    assertThat(Outcome.of(pipe, environment, "put", "-", root + "/copy/piped").code()).isZero();
    assertThat(Outcome.of(environment, "get", root + "/copy/piped", "-").out()).isEqualTo("piped");
    assertThat(done("rm", "-r", root + "/copy")).isEqualTo("deleted " + root + "/copy\n");
    assertThat(done("ls", "-r", root).lines()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOCAL", "s3://b/raw"})
  void everyVerbThatExaminesDoesItsWork(String where) throws Exception {
    String root = where.replace("LOCAL", Files.createDirectory(temp.resolve("raw")).toString());
    Path error = Path.of("src/test/resources/task-vectors/flyte2/error_user/error.pb");

    done("put", error.toString(), root + "/error.pb");
    assertThat(done("literal", root + "/error.pb")).contains("code: ValueError");
    assertThat(done("doctor", root)).doesNotContain("FAILED");
    assertThat(done("bench", "--files=2", "--size=5", "--rounds=1", root).lines()).hasSize(3);
    assertThat(done("config")).contains("S3Config.endpoint = " + s3.uri());
    assertThat(done("ls", "-r", root).lines()).hasSize(1);
  }
}
