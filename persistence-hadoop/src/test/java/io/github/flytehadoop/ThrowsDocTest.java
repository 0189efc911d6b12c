/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Contracts say by which exception each of their methods fails, and when. */
class ThrowsDocTest {
  private static final double LEAST_SHARE = 0.8;

  private static final List<String> CONTRACTS =
      List.of(
          "persistence-hadoop/src/main/java/io/github/flytehadoop/FileAccessProvider.java",
          "persistence-hadoop/src/main/java/io/github/flytehadoop/store",
          "persistence-hadoop/src/main/java/io/github/flytehadoop/store/multipart",
          "persistence-hadoop/src/main/java/io/github/flytehadoop/task",
          "persistence-hadoop/src/main/java/io/github/flytehadoop/transfer",
          "persistence-hadoop/src/main/java/io/github/flytehadoop/transfer/mapreduce/MapReduceEngine.java",
          "persistence-hadoop/src/main/java/io/github/flytehadoop/transfer/work/LocalEngine.java",
          "spark-integration/src/main/java/io/github/flytehadoop/spark/FlyteSpark.java",
          "spark-integration/src/main/java/io/github/flytehadoop/spark/SparkEngine.java");

  /** A method with a {@code throws} clause, with the comment and the annotations before it. */
  private static final Pattern METHOD =
      Pattern.compile(
          "(?<doc>/\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/\\s*)?"
              + "(?<annotations>(?:@\\w+(?:\\([^)]*\\))?\\s+)*)"
              + "(?<head>(?:\\b(?:public|protected|private|static|final|abstract|default|synchronized)\\s+)*(?:<[^>{};]+>\\s+)?[\\w.<>\\[\\],?"
              + " @]+?\\s+\\w+)\\s*\\([^)]*\\)\\s*throws\\s+[\\w., ]+[;{]");

  private static final Pattern PUBLIC_TYPE =
      Pattern.compile(
          "(?m)^public (?:(?:final|abstract|sealed|non-sealed) )*(class|interface|record|enum) ");

  private record Method(String name, boolean documented) {}

  private static Stream<Path> files(String contract) {
    Path path = ProjectRoot.resolve(contract);
    if (!Files.isDirectory(path)) {
      return Stream.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private static List<Method> methods(Path file) throws IOException {
    String code = Files.readString(file);
    Matcher type = PUBLIC_TYPE.matcher(code);
    List<Method> found = new ArrayList<>();
    if (!type.find()) {
      return found;
    }
    boolean isInterface = type.group(1).equals("interface");
    Matcher method = METHOD.matcher(code);
    while (method.find()) {
      String head = method.group("head");
      boolean isPublic = isInterface ? !head.contains("private ") : head.contains("public ");
      if (isPublic && !method.group("annotations").contains("@Override")) {
        String doc = method.group("doc");
        String name = file.getFileName() + "#" + head.substring(head.lastIndexOf(' ') + 1);
        found.add(new Method(name, doc != null && doc.contains("@throws ")));
      }
    }
    return found;
  }

  @Test
  void fourFifthsOfWhatCanFailSayHow() throws IOException {
    List<Method> all = new ArrayList<>();
    for (String contract : CONTRACTS) {
      for (Path file : files(contract).toList()) {
        all.addAll(methods(file));
      }
    }
    List<String> silent =
        all.stream().filter(method -> !method.documented()).map(Method::name).toList();

    assertThat(all).as("the pattern finds methods").hasSizeGreaterThan(120);
    assertThat(1 - (double) silent.size() / all.size())
        .as("of %s methods these say nothing: %s", all.size(), silent)
        .isGreaterThanOrEqualTo(LEAST_SHARE);
  }
}
