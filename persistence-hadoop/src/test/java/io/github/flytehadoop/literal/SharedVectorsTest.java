/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that the real SDKs wrote. */
class SharedVectorsTest {
  private static final Path VECTORS = Path.of("src/test/resources/task-vectors");

  static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(VECTORS)) {
      return all.filter(f -> f.toString().endsWith(".pb")).sorted().toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void readAndWrittenAgainIsEqual(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    String name = file.getFileName().toString();
    if (name.startsWith("error")) {
      assertThat(ErrorDocument.parse(bytes).toBytes()).isEqualTo(bytes);
    } else if (name.equals("inputs.pb") || name.equals("outputs.pb")) {
      LiteralMap map = Literals.parseMap(bytes);
      byte[] again = Literals.toBytes(map);
      assertThat(Literals.parseMap(again)).isEqualTo(map);
      assertThat(again).hasSameSizeAs(bytes);
    } else {
      Literal literal = Literals.parse(bytes);
      assertThat(Literals.toBytes(literal)).isEqualTo(bytes);
    }
  }
}
