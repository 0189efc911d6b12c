/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code flyte-data bench}: what it says was done was done, and nothing stays behind. */
class BenchCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path temp;

  @Test
  void countsWhatTheStoreSawAndCleansUp() throws Exception {
    try (S3Endpoint s3 = S3Endpoint.start()) {
      s3.createBucket("bucket");
      s3.putDirectly("bucket", "dir/of-somebody", new byte[1]);
      Outcome bench =
          Outcome.of(
              Outcome.s3(s3),
              "--output=json",
              "bench",
              "--files=3",
              "--size=10KiB",
              "--rounds=2",
              "s3://bucket/dir");
      assertThat(bench.err()).isEmpty();
      assertThat(bench.code()).isZero();
      List<String> lines = bench.out().lines().toList();
      assertThat(lines).hasSize(6);
      String[] verbs = {"put", "copy", "get"};
      long puts = 0;
      for (int line = 0; line < 6; line++) {
        JsonNode result = JSON.readTree(lines.get(line));
        assertThat(result.get("round").asInt()).isEqualTo(line / 3 + 1);
        assertThat(result.get("verb").asText()).isEqualTo(verbs[line % 3]);
        assertThat(result.get("files").asInt()).isEqualTo(3);
        assertThat(result.get("bytes").asInt()).isEqualTo(3 * 10240);
        assertThat(result.get("wallSeconds").asDouble()).isNotNegative();
        assertThat(result.get("cpuSeconds").asDouble()).isNotNegative();
        puts += result.get("requests").path("PUT").asLong();
      }
      assertThat(puts).isEqualTo(s3.count(RequestKind.PUT_OBJECT));
      assertThat(s3.keys("bucket")).containsExactly("dir/of-somebody");
    }
  }

  @Test
  void onTheLocalDiskInWords() throws Exception {
    Path target = Files.createDirectory(temp.resolve("target"));
    Outcome bench = Outcome.of("bench", "--files=2", "--size=5", "--rounds=1", target.toString());
    assertThat(bench.code()).isZero();
    assertThat(bench.out().lines())
        .hasSize(3)
        .allMatch(line -> line.matches("1   (put|copy|get) +\\S+ s +\\S+ cpu s +\\S+ MB/s .*"));
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void movesTheFilesOfADirectoryAndLeavesThemThere() throws Exception {
    Path source = Files.createDirectories(temp.resolve("mine/sub"));
    Files.writeString(source.resolve("one"), "12345");
    Files.writeString(source.resolve("two"), "123");
    Path target = Files.createDirectory(temp.resolve("target"));
    Outcome bench =
        Outcome.of(
            "--output=json",
            "bench",
            "--from=" + source.getParent(),
            "--rounds=2",
            target.toString());
    assertThat(bench.err()).isEmpty();
    for (String line : bench.out().lines().toList()) {
      assertThat(JSON.readTree(line).get("files").asInt()).isEqualTo(2);
      assertThat(JSON.readTree(line).get("bytes").asInt()).isEqualTo(8);
    }
    assertThat(bench.out().lines()).hasSize(6);
    assertThat(source.resolve("one")).hasContent("12345");
    assertThat(source.resolve("two")).hasContent("123");
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void refusesADirectoryBesideMadeUpFilesAndOneThatIsNone() {
    Outcome both = Outcome.of("bench", "--from=" + temp, "--files=2", temp.toString());
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("Cannot use --from with --files or --size: leave them out");
    Outcome none = Outcome.of("bench", "--from=" + temp.resolve("none"), temp.toString());
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("name a local directory");
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void refusesNumbersThatMeanNothing() {
    for (String bad : new String[] {"--files=0", "--rounds=0", "--streams=5000"}) {
      Outcome bench = Outcome.of("bench", bad, temp.toString());
      assertThat(bench.code()).isEqualTo(2);
      assertThat(bench.err()).contains("Cannot use " + bad.replace("=", " "));
    }
    assertThat(temp).isEmptyDirectory();
  }
}
