/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Lines of documents are at most 120 characters; {@code -Dregenerate.docs=true} breaks them. */
class DocLinesTest {
  /** Made by other tests. */
  private static final Set<String> GENERATED =
      Set.of("reliability.md", "rules.md", "config-keys.md", "benchmarks.md", "stores.md");

  private static List<Path> documents() throws IOException {
    Path root = ProjectRoot.resolve(".");
    try (Stream<Path> above = Files.list(root);
        Stream<Path> docs = Files.walk(root.resolve("docs"))) {
      return Stream.concat(above, docs)
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !GENERATED.contains(file.getFileName().toString()))
          .toList();
    }
  }

  @Test
  void noLineThatCanBeBrokenIsTooLong() throws IOException {
    if (Boolean.getBoolean("regenerate.docs")) {
      documents().forEach(DocLinesTest::wrap);
    }
    assertThat(documents()).hasSizeGreaterThan(20);
    List<String> tooLong = new ArrayList<>();
    for (Path file : documents()) {
      String text = Files.readString(file);
      List<String> wrapped = DocLines.wrapped(text).lines().toList();
      text.lines()
          .filter(line -> line.length() > DocLines.LONGEST && !wrapped.contains(line))
          .forEach(line -> tooLong.add(file.getFileName() + ": " + line));
    }
    assertThat(tooLong).isEmpty();
  }

  private static void wrap(Path file) {
    try {
      Files.writeString(file, DocLines.wrapped(Files.readString(file)));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void codeLinksTablesAndItemsStayWhole() {
    String word = "word ".repeat(30).strip();
    String code = "`" + "a b".repeat(20) + "`";
    String text =
        "| " + word + " |\n\n- " + word + " " + code + "\n- next\n\n```\n" + word + "\n```\n";

    assertThat(DocLines.wrapped(text).split("\n"))
        .contains("| " + word + " |", word, "- next")
        .anySatisfy(line -> assertThat(line).startsWith("  ").contains(code));
    assertThat(DocLines.wrapped(DocLines.wrapped(text))).isEqualTo(DocLines.wrapped(text));
  }

  @Test
  void aNumberAtTheEndOfASentenceBeginsNoList() {
    String text = "x".repeat(116) + " of 12. Then";

    assertThat(DocLines.wrapped(text)).doesNotContain("\n12.");
  }
}
