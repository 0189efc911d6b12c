/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each verb on the local disk: result on standard output alone, and the exit code. */
class VerbsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path temp;
  private String from;
  private String to;

  @BeforeEach
  void twoFiles() throws IOException {
    Path tree = Files.createDirectories(temp.resolve("in/sub"));
    Files.writeString(tree.resolveSibling("a.txt"), "alpha");
    Files.writeString(tree.resolve("b.csv"), "beta");
    from = temp.resolve("in").toString();
    to = temp.resolve("out").toString();
  }

  @Test
  void putGetAndReadBack() {
    Outcome put = Outcome.of("put", "-r", from, to);
    assertThat(put).isEqualTo(new Outcome(0, put.out(), ""));
    assertThat(put.out())
        .matches("put 2 files, 9 bytes to \\Q" + to + "\\E in \\d+\\.\\d s, verified by length\n");
    assertThat(Outcome.of("cat", to + "/sub/b.csv")).isEqualTo(new Outcome(0, "beta", ""));
    Path back = temp.resolve("back.txt");
    assertThat(Outcome.of("get", to + "/a.txt", "file://" + back).code()).isZero();
    assertThat(back).hasContent("alpha");
  }

  @Test
  void reportAsJson() throws IOException {
    Outcome put = Outcome.of("put", "-r", "--output", "json", from, to);
    JsonNode report = JSON.readTree(put.out());
    assertThat(report.get("uri").asText()).isEqualTo(to);
    assertThat(report.get("files").asInt()).isEqualTo(2);
    assertThat(report.get("bytes").asInt()).isEqualTo(9);
    assertThat(report.get("verification").asText()).isEqualTo("LENGTH");
    assertThat(put.out().lines()).hasSize(1);
  }

  @Test
  void listsEntriesAndTrees() throws IOException {
    Outcome children = Outcome.of("ls", from);
    assertThat(children.out().lines())
        .hasSize(2)
        .anyMatch(line -> line.endsWith("  " + from + "/sub/"))
        .anyMatch(line -> line.matches(" +5  \\S+Z  \\Q" + from + "\\E/a\\.txt"));
    Outcome tree = Outcome.of("ls", "-r", "--output=json", from);
    assertThat(tree.out().lines()).hasSize(2);
    for (String line : tree.out().lines().toList()) {
      assertThat(JSON.readTree(line).get("kind").asText()).isEqualTo("FILE");
    }
    assertThat(Outcome.of("ls", from + "/a.txt").out()).contains("/a.txt");
  }

  @Test
  void statShowsOneFile() throws IOException {
    assertThat(Outcome.of("stat", from + "/a.txt").out())
        .contains("kind: file\n")
        .contains("length: 5 (5 bytes)\n");
    JsonNode json = JSON.readTree(Outcome.of("--output", "json", "stat", from).out());
    assertThat(json.get("kind").asText()).isEqualTo("DIRECTORY");
  }

  @Test
  void copyRefusesWhatIsThereUnlessToldOtherwise() throws IOException {
    assertThat(Outcome.of("cp", "-r", from, to).code()).isZero();
    Outcome again = Outcome.of("cp", "-r", from, to);
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).startsWith("flyte-data: Cannot copy").contains("--overwrite");
    Files.writeString(Path.of(to, "extra"), "x");
    Outcome rehearsal = Outcome.of("cp", "-r", "--overwrite", "--dry-run", from, to);
    assertThat(rehearsal.out()).startsWith("would copy 2 files").contains("dry run");
    Outcome tooMany =
        Outcome.of("cp", "-r", "--overwrite", "--exclude", "a.txt", "--delete-extra=0", from, to);
    assertThat(tooMany.code()).isEqualTo(1);
    assertThat(tooMany.err()).contains("at most 0");
    assertThat(Path.of(to, "extra")).exists();
    Outcome exact =
        Outcome.of("cp", "-r", "--overwrite", "--delete-extra=1", "--job-id=night-1", from, to);
    assertThat(exact.code()).isZero();
    assertThat(Path.of(to, "extra")).doesNotExist();
  }

  @Test
  void globsChooseFilesForPutAndGet() {
    assertThat(Outcome.of("put", "-r", "--include", "**.csv", from, to).code()).isZero();
    assertThat(Path.of(to, "sub/b.csv")).exists();
    assertThat(Path.of(to, "a.txt")).doesNotExist();
    String back = temp.resolve("back").toString();
    assertThat(Outcome.of("get", "-r", "--exclude", "sub/**", from, back).code()).isZero();
    assertThat(Path.of(back, "a.txt")).exists();
    assertThat(Path.of(back, "sub/b.csv")).doesNotExist();
  }

  @Test
  void removeRefusesADirectoryWithoutRecursive() throws IOException {
    Outcome refused = Outcome.of("rm", from);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("--recursive");
    assertThat(refused.out()).isEmpty();
    assertThat(Path.of(from, "a.txt")).exists();
    assertThat(Outcome.of("rm", "-r", from).out()).isEqualTo("deleted " + from + "\n");
    assertThat(Path.of(from)).doesNotExist();
    Outcome json = Outcome.of("rm", "--output=json", from);
    assertThat(json.code()).isEqualTo(1);
    assertThat(json.out()).isEmpty();
  }

  @Test
  void aDirectoryNeedsRecursive() {
    Outcome put = Outcome.of("put", from, to);
    assertThat(put.code()).isEqualTo(1);
    assertThat(put.err()).contains("it is a directory").contains("--recursive");
    assertThat(put.err().lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"put --job-id night", "put", "get --job-id night", "get", "cp"})
  void aFileGoesIntoADirectoryThatIsThere(String verb) throws IOException {
    Path directory = Files.createDirectory(temp.resolve("there"));
    List<String> words = new ArrayList<>(List.of(verb.split(" ")));
    words.addAll(List.of(from + "/a.txt", directory.toString()));
    Outcome done = Outcome.of(words.toArray(String[]::new));
    assertThat(done.code()).as(done.err()).isZero();
    assertThat(directory.resolve("a.txt")).hasSameBinaryContentAs(Path.of(from, "a.txt"));
  }

  @Test
  void aFileGoesUpIntoTheDirectoryAboveItsOwn() {
    Outcome done = Outcome.of("cp", from + "/sub/b.csv", from);
    assertThat(done.code()).as(done.err()).isZero();
    assertThat(Path.of(from, "b.csv")).hasSameBinaryContentAs(Path.of(from, "sub/b.csv"));
    Outcome ontoItself = Outcome.of("cp", from + "/b.csv", from);
    assertThat(ontoItself.code()).isEqualTo(2);
    assertThat(ontoItself.err()).contains("one lies in the other");
    assertThat(Path.of(from, "b.csv")).exists();
  }
}
