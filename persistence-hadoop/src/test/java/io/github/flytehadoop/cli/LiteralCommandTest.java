/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.flytehadoop.literal.FlyteDirectory;
import io.github.flytehadoop.literal.FlyteFile;
import io.github.flytehadoop.literal.Literal;
import io.github.flytehadoop.literal.LiteralMap;
import io.github.flytehadoop.literal.LiteralValue.OffloadedValue;
import io.github.flytehadoop.literal.Literals;
import io.github.flytehadoop.literal.Msgpack;
import io.github.flytehadoop.literal.StructuredDataset;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Flyte wrote, in plain words. */
@Tag("slow")
class LiteralCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path VECTORS = Path.of("src/test/resources/task-vectors").toAbsolutePath();

  @TempDir private Path directory;

  private String written(Map<String, Literal> literals) throws IOException {
    byte[] bytes = Literals.toBytes(new LiteralMap(literals));
    return Files.write(directory.resolve("outputs.pb"), bytes).toString();
  }

  private static JsonNode json(String... args) throws IOException {
    List<String> all = new ArrayList<>(List.of("--output", "json", "literal"));
    all.addAll(List.of(args));
    return JSON.readTree(Outcome.of(all.toArray(String[]::new)).out());
  }

  @Test
  @Rule("LIT-11")
  void linesHaveThePathOfEachValue() throws IOException {
    Outcome shown = Outcome.of("literal", VECTORS + "/flyte1/containers/outputs.pb");
    assertThat(shown.code()).isZero();
    assertThat(shown.out()).contains("[0]: {\"integer\":");
  }

  @Test
  void everySharedFileIsShown() throws IOException {
    try (var files = Files.walk(VECTORS)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".pb")).toList()) {
        String name = file.getFileName().toString();
        boolean alone = name.equals("big.pb");
        Outcome shown =
            alone
                ? Outcome.of("literal", "--as", "literal", file.toString())
                : Outcome.of("literal", file.toString());
        assertThat(shown.code()).as("%s: %s", file, shown.err()).isZero();
      }
    }
  }

  @Test
  void errorsAreShownWithTheirMessage() throws IOException {
    String error = VECTORS + "/flyte2/error_user/error.pb";
    assertThat(Outcome.of("literal", error).out().lines())
        .containsExactly(
            "code: ValueError", "kind: RECOVERABLE", "origin: USER", "message:", "  bad value");
    assertThat(json(error).at("/error/message").asText()).isEqualTo("bad value");
  }

  @Test
  @Rule("LIT-11")
  void secretsAndSignaturesAreMasked() throws IOException {
    String file =
        written(
            Map.of(
                "db_password", Literal.of("hunter2"),
                "config", Msgpack.of(Map.of("apiKey", "hunter2", "name", "n")),
                "f", Literal.of(new FlyteFile("https://h/x?X-Amz-Signature=hunter2"))));
    for (String out :
        List.of(
            Outcome.of("literal", file).out(),
            Outcome.of("--output", "json", "literal", file).out())) {
      assertThat(out).doesNotContain("hunter2").contains("***", "https://h/x?***");
    }
  }

  @Test
  void offloadedLiteralsAreFetchedWhenAskedFor() throws IOException {
    byte[] inner = Literals.toBytes(Literal.of(List.of(1, 2)));
    Path offloaded = Files.write(directory.resolve("x_offloaded_metadata.pb"), inner);
    String file =
        written(
            Map.of("x", new Literal(new OffloadedValue(offloaded.toString(), inner.length, null))));
    assertThat(json(file).at("/literals/x/offloaded/size_bytes").asInt()).isEqualTo(inner.length);
    assertThat(json("--fetch-offloaded", file).at("/literals/x/collection/1/integer").asInt())
        .isEqualTo(2);
    assertThat(json(offloaded.toString()).at("/literals//collection/0/integer").asInt())
        .isEqualTo(1);
    Files.write(offloaded, new byte[1]);
    Outcome failed = Outcome.of("literal", "--fetch-offloaded", file);
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err()).contains("Cannot read the offloaded literal: ").contains("1 bytes");
  }

  @Test
  @Rule("LIT-11")
  void checkSaysWhatIsGone() throws IOException {
    Path there = Files.writeString(directory.resolve("there.txt"), "x");
    Map<String, Literal> literals = new LinkedHashMap<>();
    literals.put("f", Literal.of(List.of(new FlyteFile(there.toString()))));
    literals.put("d", Literal.of(new FlyteDirectory(directory.toString())));
    literals.put("t", Literal.of(new StructuredDataset(there.toString(), "csv")));
    Outcome complete = Outcome.of("literal", "--check", written(literals));
    assertThat(complete.code()).isZero();
    assertThat(complete.out()).isEqualTo("3 named, 3 there\n");

    literals.put("o", new Literal(new OffloadedValue(there.toString(), 5, null)));
    literals.put("gone", Literal.of(new FlyteFile(directory + "/gone")));
    literals.put("no_file", Literal.of(new FlyteFile(directory.toString())));
    literals.put("in", Msgpack.of(Map.of("f", Map.of("path", "file://" + directory + "/gone"))));
    Outcome missing = Outcome.of("literal", "--check", written(literals));
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.out().lines())
        .containsExactlyInAnyOrder(
            "o: " + there + " has 1 bytes instead of 5",
            "gone: " + directory + "/gone does not exist",
            "no_file: " + directory + " is a directory",
            "in.f: file://" + directory + "/gone does not exist",
            "7 named, 3 there");
    assertThat(json("--check", directory + "/outputs.pb").get("there").asInt()).isEqualTo(3);
  }

  @Test
  void bytesThatAreNoLiteralAreRefused() throws IOException {
    Path text = Files.writeString(directory.resolve("text.pb"), "not a literal");
    Outcome failed = Outcome.of("literal", text.toString());
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err()).startsWith("flyte-data: Cannot read the literals: ");
  }
}
