/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a scheme means is said in three tables: everyone else asks them. */
class SchemeLiteralsTest {
  /** The table of schemes itself. */
  private static final String SCHEMES = "location/StoreKind.java";

  /** The table of settings: two spellings that only Hadoop uses. */
  private static final Set<String> OF_HADOOP =
      Set.of("hadoop/azure/AzureSettings.java \"az\"", "hadoop/s3/S3Settings.java \"s3a://\"");

  /** Words that mean something else. */
  private static final Set<String> NO_SCHEMES =
      Set.of(
          "cli/WarmUp.java \"file\"", // the name of a file
          "cli/output/ConfigResult.java \"file\"", // a field of JSON
          "cli/quickstart/Quickstart.java \"hdfs\"", // the name of a directory
          "config/DataConfig.java \"gcs\"", // names of parameters
          "config/DataConfig.java \"s3\"",
          "config/YamlSource.java \"s3\"", // a kind of stow
          "hadoop/s3/crt/NativeSigner.java \"s3\"", // the service that AWS signs for
          "literal/LiteralType.java \"file\"", // a word of a message
          "literal/mapping/Kinds.java \"file\"", // flytekit's name of a type
          "transfer/receipt/Manifest.java \"local\""); // the name of a worker

  /** Who may ask which of all stores it is. Only here can a new family be forgotten. */
  private static final Set<String> TABLES =
      Set.of(
          "hadoop/FileSystemSpecsFromConfig.java",
          "hadoop/PartSize.java",
          "hadoop/StoreSettings.java",
          "hadoop/StoreSetup.java",
          "store/registry/CanonicalPlaces.java",
          "store/registry/StoreRegistry.java",
          // without a default: the compiler asks for a new family
          "doctor/Endpoint.java",
          "doctor/IdentityCheck.java");

  private static final Pattern LITERAL =
      Pattern.compile(
          "\"(?:"
              + Stream.of(StoreKind.values())
                  .flatMap(kind -> Stream.concat(Stream.of(kind.scheme()), kind.aliases().stream()))
                  .filter(scheme -> !scheme.startsWith("http"))
                  .collect(Collectors.joining("|"))
              + ")(?:://)?\"");

  /**
   * HTTP is also how endpoints are spoken to; it is a scheme of a store where one is decided by.
   */
  private static final Pattern WEB =
      Pattern.compile(
          "(?:case \"|Set\\.of\\(\"|[lL]ocation\\.scheme\\(\\)\\.equals\\(\")https?\".*");

  private static final Pattern DECISION =
      Pattern.compile("switch \\((?:[^{]*[fF]amily[^{]*|[^{]*\\bscheme\\(\\)[^{]*)\\{");

  private record Source(String name, String code) {}

  private static List<Source> sources() throws IOException {
    List<Source> found = new ArrayList<>();
    for (String module : List.of("persistence-hadoop", "spark-integration")) {
      Path root = ProjectRoot.resolve(module + "/src/main/java/io/github/flytehadoop");
      try (var files = Files.walk(root)) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          String code =
              Files.readString(file)
                  .replaceAll("(?s)/\\*.*?\\*/", "")
                  .replaceAll("(?m) // .*$", "");
          found.add(new Source(root.relativize(file).toString().replace('\\', '/'), code));
        }
      }
    }
    return found;
  }

  private static Set<String> literals(Source source) {
    Set<String> found = new TreeSet<>();
    for (Pattern pattern : List.of(LITERAL, WEB)) {
      Matcher matcher = pattern.matcher(source.code());
      while (matcher.find()) {
        found.add(source.name() + " " + matcher.group());
      }
    }
    return found;
  }

  @Test
  void onlyTheTableOfStoresSpellsASchemeOut() throws IOException {
    Set<String> found = new TreeSet<>();
    for (Source source : sources()) {
      if (!source.name().equals(SCHEMES)) {
        found.addAll(literals(source));
      }
    }
    found.removeAll(OF_HADOOP);
    found.removeAll(NO_SCHEMES);

    assertThat(found).isEmpty();
  }

  @Test
  void onlyTheTablesTellStoresApart() throws IOException {
    Set<String> found = new TreeSet<>();
    for (Source source : sources()) {
      if (DECISION.matcher(source.code()).find()) {
        found.add(source.name());
      }
    }

    assertThat(found).containsExactlyInAnyOrderElementsOf(TABLES);
  }
}
