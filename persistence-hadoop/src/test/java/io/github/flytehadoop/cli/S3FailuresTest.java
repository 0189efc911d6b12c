/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.flytehadoop.testkit.Invariants;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees when a store says no. */
class S3FailuresTest {
  @TempDir Path temp;
  private S3Endpoint s3;

  @BeforeEach
  void aBucketWithThreeFiles() {
    s3 = S3Endpoint.start();
    s3.createBucket("bucket");
    for (String key : new String[] {"dir/a", "dir/b", "dir/c"}) {
      s3.putDirectly("bucket", key, key.getBytes(StandardCharsets.UTF_8));
    }
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  private void assertFails(Outcome outcome, int code, String... says) {
    assertThat(outcome.err()).startsWith("flyte-data: ").contains("Cannot ").contains(says);
    assertThat(outcome.err().lines().count()).isLessThanOrEqualTo(2);
    assertThat(outcome.err()).doesNotContain(TestSecrets.S3_SECRET_KEY).doesNotContain("\tat ");
    assertThat(outcome.code()).isEqualTo(code);
  }

  @Test
  void missingFile() {
    Outcome get = Outcome.of(Outcome.s3(s3), "get", "s3://bucket/none", temp + "/x");
    assertFails(get, 1, "s3://bucket/none", "Check the key");
    assertThat(get.out()).isEmpty();
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void wrongBucket() {
    assertFails(Outcome.of(Outcome.s3(s3), "ls", "s3://another/x"), 1, "s3://another/x");
  }

  @Test
  void wrongKey() {
    s3.identities(Map.of(TestSecrets.UNKNOWN_ACCESS_KEY, Set.of("bucket")));
    assertFails(
        Outcome.of(Outcome.s3(s3), "cat", "--anonymous", "never", "s3://bucket/dir/a"),
        1,
        "s3://bucket/dir/a");
  }

  @Test
  void unpluggedServer() {
    String gone = s3.uri().toString();
    s3.close();
    assertFails(
        Outcome.of(Outcome.s3(gone), "ls", "s3://bucket/dir"), 1, "s3://bucket/dir", "endpoint");
  }

  @Test
  @Rule("F40")
  void partlyDone() throws IOException {
    s3.faults(
        FaultPlan.of(
            FaultRule.on(RequestKind.GET_OBJECT)
                .key("dir/b"::equals)
                .gives(Fault.status(403, "AccessDenied"))));
    Outcome text =
        Outcome.of(
            Outcome.s3(s3), "get", "-r", "--anonymous=never", "s3://bucket/dir", temp + "/t");
    assertFails(text, 3, "1 of 3 files", "dir/b");
    assertThat(temp.resolve("t/a")).hasContent("dir/a");
    assertThat(temp.resolve("t/b")).doesNotExist();
    Outcome json =
        Outcome.of(
            Outcome.s3(s3),
            "get",
            "-r",
            "--anonymous=never",
            "--output=json",
            "s3://bucket/dir",
            temp + "/j");
    assertThat(json.code()).isEqualTo(3);
    Map<String, byte[]> sent =
        Map.of(
            "a", "dir/a".getBytes(StandardCharsets.UTF_8),
            "b", "dir/b".getBytes(StandardCharsets.UTF_8),
            "c", "dir/c".getBytes(StandardCharsets.UTF_8));
    Invariants.ofSending(sent).in(temp.resolve("t")).afterRun(text.code(), text.out() + text.err());
    Invariants.ofSending(sent).in(temp.resolve("j")).afterRun(json.code(), json.out() + json.err());
    JsonNode report = new ObjectMapper().readTree(json.out());
    assertThat(report.get("files").asInt()).isEqualTo(2);
    assertThat(report.get("failures").get(0).get("kind").asText()).isEqualTo("ACCESS_DENIED");
  }

  @Test
  void namesCannotForgeLines() {
    s3.putDirectly("bucket", "odd/x\u202egpj\n0 forged", new byte[1]);
    Outcome text = Outcome.of(Outcome.s3(s3), "ls", "s3://bucket/odd");
    assertThat(text.err()).isEmpty();
    assertThat(text.out()).doesNotContain("\u202e").contains("x\\u202Egpj\\n0 forged");
    assertThat(text.out().lines()).hasSize(1);
    Outcome json = Outcome.of(Outcome.s3(s3), "ls", "--output=json", "s3://bucket/odd");
    assertThat(json.out().lines()).hasSize(1);
    assertThat(json.out()).contains("gpj\\n0 forged");
  }

  @Test
  void requestsAreCounted() {
    Outcome put = Outcome.of(Outcome.s3(s3), "put", "pom.xml", "s3://bucket/pom.xml");
    assertThat(put.out()).contains("(PUT 1)").startsWith("put 1 file, ");
    assertThat(s3.counts()).containsOnlyKeys(RequestKind.PUT_OBJECT);
  }
}
