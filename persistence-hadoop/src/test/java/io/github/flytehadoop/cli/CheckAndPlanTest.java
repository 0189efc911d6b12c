/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two places compared, and a copy told before it is made: neither writes anything. */
class CheckAndPlanTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PART = 5 << 20;

  @TempDir Path temp;
  private S3Endpoint s3;
  private Map<String, String> environment;

  @BeforeEach
  void aTreeHereAndThere() throws IOException {
    s3 = S3Endpoint.start();
    s3.createBucket("bucket");
    environment = Outcome.s3(s3);
    for (String path : List.of("a", "sub/b", "sub/c d")) {
      Path file = temp.resolve("in").resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, path);
      s3.putDirectly("bucket", "dir/" + path, path.getBytes(StandardCharsets.UTF_8));
    }
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  private Outcome run(String... args) {
    return Outcome.of(environment, args);
  }

  private String in() {
    return temp.resolve("in").toString();
  }

  @Test
  void theSameTreesAreTheSameByLengthOrContent() {
    Outcome lengths = run("check", in(), "s3://bucket/dir");
    assertThat(lengths.code()).isZero();
    assertThat(lengths.out()).startsWith("3 the same (3 proven").hasLineCount(1);
    assertThat(s3.counts()).containsOnlyKeys(RequestKind.HEAD_OBJECT, RequestKind.LIST);
    Outcome content = run("check", "--content", in(), "s3://bucket/dir");
    assertThat(content.code()).isZero();
    assertThat(content.out()).startsWith("3 the same (3 proven");
    assertThat(run("check", in() + "/a", "s3://bucket/dir/a").code()).isZero();
  }

  @Test
  void digestsOfTheStoreProveWithoutReading() {
    s3.putDirectly("bucket", "copy/a", "a".getBytes(StandardCharsets.UTF_8));
    Outcome check = run("check", "s3://bucket/dir/a", "s3://bucket/copy/a");
    assertThat(check.out()).startsWith("1 the same (1 proven");
    assertThat(s3.counts()).doesNotContainKey(RequestKind.GET_OBJECT);
  }

  @Test
  @Rule("B81")
  void everyDifferenceIsALineAndFails() throws IOException {
    Files.writeString(temp.resolve("in/a"), "A");
    Files.writeString(temp.resolve("in/only-here"), "x");
    s3.putDirectly("bucket", "dir/sub/b", "longer".getBytes(StandardCharsets.UTF_8));
    s3.putDirectly("bucket", "dir/only-there", new byte[0]);
    Outcome check = run("check", "--content", in(), "s3://bucket/dir");
    assertThat(check.code()).isEqualTo(1);
    assertThat(check.err()).isEmpty();
    assertThat(check.out().lines())
        .containsExactly(
            "! a  (the bytes differ from offset 0 on)",
            "< only-here  (only the first has it)",
            "> only-there  (only the second has it)",
            "! sub/b  (5 and 6 bytes)",
            "1 the same (1 proven by digest or content, 0 by length alone), 2 different, 1 only in"
                + " the first, 1 only in the second");
  }

  @Test
  void differencesAsJson() throws IOException {
    Files.writeString(temp.resolve("in/only-here"), "x");
    Outcome check = run("check", "--output", "json", in(), "s3://bucket/dir");
    List<JsonNode> lines = new ArrayList<>();
    for (String line : check.out().lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).get("kind").asText()).isEqualTo("ONLY_FIRST");
    assertThat(lines.get(0).get("path").asText()).isEqualTo("only-here");
    assertThat(lines.get(1).get("same").asInt()).isEqualTo(3);
  }

  @Test
  @Rule("B36")
  void incomparableFilesAreAnError() {
    Outcome missing = run("check", in(), "s3://bucket/none");
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err()).contains("s3://bucket/none");
    Outcome kinds = run("check", in(), "s3://bucket/dir/a");
    assertThat(kinds.code()).isEqualTo(1);
    assertThat(kinds.err()).contains("one is a directory and the other a file");
  }

  /** What a plan says is what the copy then sends, request by request. */
  private void assertForetold(String from, String to) throws IOException {
    JsonNode plan =
        JSON.readTree(run("plan", "-r", "--part-size", "5MiB", "--output", "json", from, to).out());
    Outcome copy = run("cp", "-r", "--part-size", "5MiB", "--output", "json", from, to);
    assertThat(copy.code()).as(copy.err()).isZero();
    JsonNode done = JSON.readTree(copy.out());
    assertThat(plan.get("files")).isEqualTo(done.get("files"));
    assertThat(plan.get("bytes")).isEqualTo(done.get("bytes"));
    assertThat(plan.get("requests")).isEqualTo(done.get("requests"));
  }

  @Test
  void thePlanForetellsTheRequestsOfAnUpload() throws IOException {
    Files.write(temp.resolve("in/large"), new byte[2 * PART + 1]);
    assertForetold(in(), "s3://bucket/up");
  }

  @Test
  void thePlanForetellsTheRequestsOfADownload() throws IOException {
    s3.putDirectly("bucket", "dir/large", new byte[3 * PART]);
    assertForetold("s3://bucket/dir", temp.resolve("down").toString());
  }

  @Test
  void thePlanForetellsTheRequestsOfACopyInsideTheStore() throws IOException {
    assertForetold("s3://bucket/dir", "s3://bucket/copy");
  }

  @Test
  void thePlanMovesNothingAndNamesThePrice() throws IOException {
    Outcome plan = run("plan", "-r", "--overwrite", in(), "s3://bucket/up");
    assertThat(plan.code()).isZero();
    assertThat(plan.out())
        .contains("would copy 3 files, ")
        .contains("  requests: PUT 3\n")
        .contains("  list price: $0.000015 (S3 Standard, requests alone)");
    assertThat(s3.counts()).isEmpty();
    assertThat(run("plan", "-r", in(), temp.resolve("out").toString()).out())
        .contains("none that are charged for");
    assertThat(temp.resolve("out")).doesNotExist();
  }
}
