/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.config.AzureBlobStorageConfig;
import io.github.flytehadoop.config.GCSConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.hadoop.overlay.HadoopKey;
import io.github.flytehadoop.hadoop.overlay.OwnKey;
import io.github.flytehadoop.testkit.ProjectRoot;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of keys name what Hadoop really reads, each key once. */
class KeyTablesTest {
  static Stream<HadoopKey> table() {
    return SecretMasking.table();
  }

  @ParameterizedTest
  @MethodSource("table")
  void hadoopReadsTheKey(HadoopKey row) {
    assertThat(KnownHadoopKeys.knows(row.key())).as(row.key()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("table")
  void aSecretIsCalledSecret(HadoopKey row) {
    assertThat(SecretMasking.isSecret(row.key())).isEqualTo(row.kind() == HadoopKey.Kind.SECRET);
    assertThat(row.purpose()).isNotBlank();
  }

  @Test
  void noKeyIsInTwoRows() {
    List<String> keys = table().map(HadoopKey::key).toList();
    assertThat(keys).doesNotHaveDuplicates();
  }

  @Test
  void everyComponentNamedByARowExists() {
    Set<String> components =
        Stream.of(S3Config.class, GCSConfig.class, AzureBlobStorageConfig.class)
            .flatMap(
                type ->
                    Stream.of(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .map(name -> type.getSimpleName() + "." + name))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(components).containsAll(table().flatMap(row -> row.components().stream()).toList());
  }

  /** Names that no user sets: inside of a job, of S3A, and of the process of the command line. */
  private static final Pattern INTERNAL =
      Pattern.compile("flyte\\.(?:copy|credentials|log|terminal|data|dataset)\\..*");

  @Test
  void everyKeyOfThisLibraryHasARow() throws IOException {
    Set<String> rows = Stream.of(OwnKey.values()).map(OwnKey::key).collect(Collectors.toSet());
    Pattern literal = Pattern.compile("\"((?:fs\\.)?flyte\\.[a-z.]+)\"");
    for (String module : List.of("persistence-hadoop", "spark-integration")) {
      try (Stream<Path> files = Files.walk(ProjectRoot.resolve(module + "/src/main/java"))) {
        for (Path file :
            files
                .filter(each -> each.toString().endsWith(".java"))
                .filter(each -> !each.endsWith("OwnKey.java"))
                .toList()) {
          assertThat(literal.matcher(Files.readString(file)).results().map(found -> found.group(1)))
              .as("%s", file)
              .allMatch(key -> INTERNAL.matcher(key).matches())
              .doesNotContainAnyElementsOf(rows);
        }
      }
    }
  }
}
