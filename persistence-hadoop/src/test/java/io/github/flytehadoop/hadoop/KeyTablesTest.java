/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.config.AzureBlobStorageConfig;
import io.github.flytehadoop.config.GCSConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.hadoop.overlay.HadoopKey;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
}
