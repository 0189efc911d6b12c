/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.config.AddressingStyle;
import io.github.flytehadoop.config.AzureBlobStorageConfig;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.GCSConfig;
import io.github.flytehadoop.config.GenericPersistenceConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.hadoop.azure.AzureKey;
import io.github.flytehadoop.hadoop.overlay.HadoopKey;
import io.github.flytehadoop.hadoop.overlay.Profile;
import io.github.flytehadoop.testkit.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every component of the configuration has an effect, and the tables say which. */
class ComponentsTest {
  /** Components without a Hadoop key, and why. */
  private static final Map<String, String> WITHOUT_KEY =
      Map.of(
          "S3Config.enableDebug", "a logger's level, not a setting of the client",
          "GCSConfig.gsutilParallelism", "there is no gsutil here",
          "GenericPersistenceConfig.attachExecutionMetadata", "decided when an object is written");

  /** What is set before and after a component changes; several where it depends on others. */
  private record Change(DataConfig before, DataConfig after) {}

  private static final Map<String, List<Change>> CHANGES =
      Map.ofEntries(
          Map.entry("S3Config.endpoint", s3(c -> c, c -> c.endpoint("http://minio:9000"))),
          Map.entry(
              "S3Config.retries",
              Stream.concat(
                      s3(c -> c, c -> c.retries(0)).stream(),
                      s3(c -> c, c -> c.retries(4)).stream())
                  .toList()),
          Map.entry("S3Config.backoff", s3(c -> c, c -> c.backoff(Duration.ofSeconds(9)))),
          Map.entry("S3Config.accessKeyId", s3(c -> c, ComponentsTest::keys)),
          Map.entry("S3Config.secretAccessKey", s3(c -> c, ComponentsTest::keys)),
          Map.entry(
              "S3Config.sessionToken",
              s3(ComponentsTest::keys, c -> keys(c).sessionToken("token"))),
          Map.entry(
              "S3Config.addressingStyle", s3(c -> c, c -> c.addressingStyle(AddressingStyle.PATH))),
          Map.entry("S3Config.region", s3(c -> c, c -> c.region("eu-west-1"))),
          Map.entry("GCSConfig.projectId", gcs(c -> c.projectId("p"))),
          Map.entry("GCSConfig.endpoint", gcs(c -> c.endpoint("http://127.0.0.1:4443"))),
          Map.entry("GCSConfig.serviceAccountKeyFile", gcs(c -> c.serviceAccountKeyFile("/k"))),
          Map.entry(
              "GCSConfig.impersonateServiceAccount", gcs(c -> c.impersonateServiceAccount("a"))),
          Map.entry(
              "AzureBlobStorageConfig.accountName",
              azure(c -> c.accountKey("k"), c -> c.accountKey("k").accountName("n"))),
          Map.entry("AzureBlobStorageConfig.accountKey", azure(c -> c, c -> c.accountKey("k"))),
          Map.entry("AzureBlobStorageConfig.sasToken", azure(c -> c, c -> c.sasToken("s"))),
          Map.entry(
              "AzureBlobStorageConfig.tenantId",
              List.of(
                  azure(c -> principal(c), c -> principal(c).tenantId("t2")).get(0),
                  azure(c -> c.accountName("n"), c -> c.accountName("n").tenantId("t")).get(0))),
          Map.entry(
              "AzureBlobStorageConfig.clientId",
              azure(ComponentsTest::principal, c -> principal(c).clientId("c2"))),
          Map.entry(
              "AzureBlobStorageConfig.clientSecret", azure(c -> c, ComponentsTest::principal)),
          Map.entry(
              "AzureBlobStorageConfig.endpoint",
              azure(c -> c, c -> c.endpoint("http://127.0.0.1:10000/dev"))));

  static Stream<String> changing() {
    return CHANGES.keySet().stream().sorted();
  }

  @Rule({"W-1", "W-2"})
  @Test
  void everyComponentHasAKeyOrAReason() {
    Set<String> components = new TreeSet<>();
    for (Class<?> type :
        List.of(
            S3Config.class,
            GCSConfig.class,
            AzureBlobStorageConfig.class,
            GenericPersistenceConfig.class)) {
      Stream.of(type.getRecordComponents())
          .forEach(part -> components.add(type.getSimpleName() + "." + part.getName()));
    }
    Set<String> covered = new TreeSet<>(CHANGES.keySet());
    covered.addAll(WITHOUT_KEY.keySet());
    assertThat(covered).isEqualTo(components);
  }

  @ParameterizedTest
  @MethodSource("changing")
  void theRowsThatNameAComponentAreTheKeysThatItChanges(String component) {
    Set<String> named = new TreeSet<>();
    SecretMasking.table()
        .filter(row -> row.components().contains(component))
        .forEach(row -> named.add(row.key()));
    Set<String> changed = new TreeSet<>();
    CHANGES.get(component).forEach(change -> changed.addAll(changedRows(change)));
    assertThat(named).isNotEmpty();
    assertThat(changed).containsAll(named);
  }

  private static Set<String> changedRows(Change change) {
    SortedMap<String, String> before = overlay(change.before());
    SortedMap<String, String> after = overlay(change.after());
    Set<String> all = new TreeSet<>(before.keySet());
    all.addAll(after.keySet());
    Set<String> rows = new TreeSet<>();
    all.stream()
        .filter(key -> !java.util.Objects.equals(before.get(key), after.get(key)))
        .forEach(key -> rows.add(rowOf(key)));
    return rows;
  }

  private static SortedMap<String, String> overlay(DataConfig config) {
    return StoreSettings.ofAll(config, Map.of(), Profile.ENGINE).values();
  }

  private static String rowOf(String key) {
    return Stream.of(AzureKey.values())
        .map(HadoopKey::key)
        .filter(row -> key.startsWith(row + "."))
        .findFirst()
        .orElse(key);
  }

  private static S3Config.Builder keys(S3Config.Builder config) {
    return config.accessKeyId("id").secretAccessKey("secret");
  }

  private static AzureBlobStorageConfig.Builder principal(AzureBlobStorageConfig.Builder config) {
    return config.accountName("n").tenantId("t").clientId("c").clientSecret("s");
  }

  private static List<Change> s3(
      UnaryOperator<S3Config.Builder> before, UnaryOperator<S3Config.Builder> after) {
    return List.of(
        new Change(
            DataConfig.builder().s3(before.apply(S3Config.builder()).build()).build(),
            DataConfig.builder().s3(after.apply(S3Config.builder()).build()).build()));
  }

  private static List<Change> gcs(UnaryOperator<GCSConfig.Builder> after) {
    return List.of(
        new Change(
            DataConfig.defaults(),
            DataConfig.builder().gcs(after.apply(GCSConfig.builder()).build()).build()));
  }

  private static List<Change> azure(
      UnaryOperator<AzureBlobStorageConfig.Builder> before,
      UnaryOperator<AzureBlobStorageConfig.Builder> after) {
    return List.of(
        new Change(
            DataConfig.builder()
                .azure(before.apply(AzureBlobStorageConfig.builder()).build())
                .build(),
            DataConfig.builder()
                .azure(after.apply(AzureBlobStorageConfig.builder()).build())
                .build()));
  }
}
