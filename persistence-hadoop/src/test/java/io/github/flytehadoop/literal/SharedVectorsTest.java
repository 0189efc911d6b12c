/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that the real SDKs wrote, each with a description in plain words beside it. */
class SharedVectorsTest {
  static final Path VECTORS = Path.of("src/test/resources/task-vectors");

  static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(VECTORS)) {
      return all.filter(f -> f.toString().endsWith(".pb")).sorted().toList();
    }
  }

  @Test
  void theVectorsAreAllThere() throws IOException {
    assertThat(files()).hasSize(79);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  @Rule("LIT-1")
  void readsWhatTheDescriptionSays(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    JsonNode described = description(file);
    if (isError(file)) {
      assertThat(words(ErrorDocument.parse(bytes))).isEqualTo(described.get("error_document"));
    } else if (isMap(file)) {
      LiteralMap map = Literals.parseMap(bytes);
      assertThat(tree(PlainWords.of(map.literals())))
          .isEqualTo(comparable(described.get("literals")));
      if (described.has("order")) {
        assertThat(tree(new ArrayList<>(map.literals().keySet())))
            .isEqualTo(described.get("order"));
      }
      if (described.has("context")) {
        List<List<String>> context = new ArrayList<>();
        map.context().forEach((key, value) -> context.add(List.of(key, value)));
        assertThat(tree(context)).isEqualTo(described.get("context"));
      }
    } else {
      assertThat(tree(PlainWords.of(Literals.parse(bytes))))
          .isEqualTo(comparable(described.get("literal")));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  @Rule("LIT-1")
  void writtenAgainItIsEqual(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (isError(file)) {
      assertThat(ErrorDocument.parse(bytes).toBytes()).isEqualTo(bytes);
    } else if (isMap(file)) {
      LiteralMap map = Literals.parseMap(bytes);
      byte[] again = Literals.toBytes(map);
      assertThat(Literals.parseMap(again)).isEqualTo(map);
      // Python's order of the entries of a map is of no meaning
      assertThat(again).hasSameSizeAs(bytes);
    } else {
      assertThat(Literals.toBytes(Literals.parse(bytes))).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"flyte1", "flyte2"})
  @Rule("LIT-1")
  void typesAreReadAndWrittenAgain(String family) throws IOException {
    JsonNode types =
        PlainWords.JSON
            .readTree(VECTORS.resolve(family + "/literal-types.json").toFile())
            .get("types");
    for (Map.Entry<String, JsonNode> entry : types.properties()) {
      byte[] bytes = Base64.getDecoder().decode(entry.getValue().get("base64").asText());
      LiteralType type = TypeWords.parse(bytes);
      assertThat(tree(TypeWords.of(type)))
          .as(entry.getKey())
          .isEqualTo(comparable(entry.getValue().get("literal_type")));
      Literal offloaded = new Literal(new LiteralValue.OffloadedValue("u", 1, type));
      assertThat(Literals.parse(Literals.toBytes(offloaded))).isEqualTo(offloaded);
      assertThat(TypeWords.bytes(Literals.toBytes(offloaded)))
          .as(entry.getKey())
          .hasSameSizeAs(bytes);
    }
  }

  private static boolean isError(Path file) {
    return file.getFileName().toString().startsWith("error");
  }

  private static boolean isMap(Path file) {
    return file.endsWith("inputs.pb") || file.endsWith("outputs.pb");
  }

  private static JsonNode description(Path file) throws IOException {
    String name = file.getFileName().toString().replace(".pb", ".json");
    return PlainWords.JSON.readTree(file.resolveSibling(name).toFile());
  }

  private static JsonNode words(ErrorDocument document) throws IOException {
    ContainerError error = document.error();
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("code", error.code());
    words.put("message", error.message());
    words.put("kind", error.kind().name());
    words.put("origin", error.origin().name());
    if (error.timestamp() != null) {
      String seconds = Long.toString(error.timestamp().getEpochSecond());
      words.put("timestamp", Map.of("seconds", seconds, "nanos", error.timestamp().getNano()));
      words.put("worker", error.worker());
    }
    return tree(words);
  }

  /** Through text, so that numbers are of the same type on both sides. */
  private static JsonNode tree(Object words) throws IOException {
    return PlainWords.JSON.readTree(PlainWords.JSON.writeValueAsString(words));
  }

  /** A double has its bits, and its text is Python's. */
  private static JsonNode comparable(JsonNode described) {
    if (described instanceof ObjectNode object && object.has("bits")) {
      object.remove("float");
    }
    described.forEach(SharedVectorsTest::comparable);
    return described;
  }
}
