/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code -} is standard input of put, and standard output of get. */
@Rule("B94")
@Timeout(120)
class PipeTest {
  private static final int PART = 5 << 20;

  @TempDir Path temp;
  private S3Endpoint s3;

  @BeforeEach
  void start() throws IOException {
    s3 = S3Endpoint.start();
    s3.createBucket("b");
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  private Outcome put(InputStream in, String... args) {
    return Outcome.of(in, Outcome.s3(s3), args);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PART, 2 * PART + 1})
  void bytesArriveWhole(int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    for (String at : new String[] {"s3://b/dir/key", temp + "/dir/file"}) {
      Outcome put = put(new ByteArrayInputStream(bytes), "put", "--part-size=5MiB", "-", at);
      assertThat(put.err()).isEmpty();
      assertThat(put.out()).startsWith("put 1 file, ").contains(" to " + at + " in ");
      assertThat(put.code()).isZero();
    }
    assertThat(s3.bytes("b", "dir/key")).isEqualTo(bytes);
    assertThat(temp.resolve("dir/file")).hasBinaryContent(bytes);
    assertThat(s3.pendingUploads("b")).isEmpty();
  }

  @Test
  void keysStayAsTheyAre() throws IOException {
    for (String key : new String[] {"k", "a/b c%20/k", "a/k'?#"}) {
      assertThat(put(text("x"), "put", "-", "s3://b/" + key).code()).isZero();
      assertThat(s3.bytes("b", key)).asString().isEqualTo("x");
    }
  }

  @Test
  void aSourceThatBreaksLeavesNothing() throws IOException {
    InputStream broken =
        new InputStream() {
          private int left = 2 * PART;

          @Override
          public int read() throws IOException {
            if (left-- > 0) {
              return 'x';
            }
            throw new IOException("the pipe is gone");
          }
        };
    Outcome put = put(broken, "put", "--part-size=5MiB", "-", "s3://b/key");
    assertThat(put.err()).contains("s3://b/key", "the pipe is gone").hasLineCount(1);
    assertThat(put.code()).isEqualTo(1);
    assertThat(s3.keys("b")).isEmpty();
    assertThat(s3.pendingUploads("b")).isEmpty();
  }

  @Test
  void theEndOfAPipeThatWasStoppedWithUsIsNotItsWhole() {
    InputStream stopped =
        new InputStream() {
          @Override
          public int read() {
            Thread.currentThread().interrupt();
            return -1;
          }
        };
    Outcome put = put(stopped, "put", "-", "s3://b/key");
    Thread.interrupted(); // it must not reach the next test
    assertThat(put.code()).isEqualTo(130);
    assertThat(s3.keys("b")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          put - s3://b/dir/                | names no file
          put - s3://b                     | names no file
          put -r - s3://b/dir              | leave out --recursive
          put --job-id=x - s3://b/dir      | --job-id
          get -r s3://b/dir -              | leave out --recursive
          get --manifest=m s3://b/dir -    | --manifest
          """)
  void onePlainFileIsMeant(String line, String why) {
    Outcome outcome = put(text("x"), line.split(" +"));
    assertThat(outcome.err()).startsWith("flyte-data: Cannot run flyte-data ").contains(why);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(s3.keys("b")).isEmpty();
  }

  @Test
  void aDirectoryInTheWayStays() throws IOException {
    Path directory = Files.createDirectory(temp.resolve("directory"));
    Outcome put = put(text("x"), "put", "-", directory.toString());
    assertThat(put.err()).contains(directory.toString()).hasLineCount(1);
    assertThat(put.code()).isEqualTo(1);
    assertThat(directory).isEmptyDirectory();
    assertThat(temp).isDirectoryNotContaining(path -> !path.equals(directory));
  }

  @Test
  void standardOutputIsTheBytesAlone() throws IOException {
    put(text("one\ntwo"), "put", "-", "s3://b/key");
    Outcome get = Outcome.of(Outcome.s3(s3), "get", "s3://b/key", "-");
    assertThat(get.out()).isEqualTo("one\ntwo");
    assertThat(get.err()).startsWith("got 1 file, 7 bytes to - in ").hasLineCount(1);
    assertThat(get.code()).isZero();
    Outcome quiet = Outcome.of(Outcome.s3(s3), "get", "-q", "s3://b/key", "-");
    assertThat(quiet.out()).isEqualTo("one\ntwo");
    assertThat(quiet.err()).isEmpty();
  }

  @Test
  void theReportInJsonGoesToStandardErrorToo() throws IOException {
    put(text("{}"), "put", "-", "s3://b/key");
    Outcome get = Outcome.of(Outcome.s3(s3), "get", "--output=json", "s3://b/key", "-");
    assertThat(get.out()).isEqualTo("{}");
    JsonNode report = new ObjectMapper().readTree(get.err());
    assertThat(report.get("bytes").asInt()).isEqualTo(2);
    assertThat(report.get("uri").asText()).isEqualTo("-");
  }

  @Test
  void absentFileIsNamedOnStandardError() {
    Outcome get = Outcome.of(Outcome.s3(s3), "get", "s3://b/none", "-");
    assertThat(get.out()).isEmpty();
    assertThat(get.err()).startsWith("flyte-data: Cannot ").contains("s3://b/none");
    assertThat(get.code()).isEqualTo(1);
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
