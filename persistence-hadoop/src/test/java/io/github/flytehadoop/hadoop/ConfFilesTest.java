/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.ProjectRoot;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** The examples of Hadoop's and Spark's files name keys that exist, and hold no secret. */
class ConfFilesTest {
  private static final Path CORE_SITE = ProjectRoot.resolve("conf/core-site.xml");
  private static final Path SPARK_DEFAULTS = ProjectRoot.resolve("conf/spark-defaults.conf");
  private static final String SPARK_HADOOP = "spark.hadoop.";

  @Test
  void coreSiteNamesKeysThatExist() {
    Configuration loaded = new Configuration(false);
    loaded.addResource(new org.apache.hadoop.fs.Path(CORE_SITE.toUri()));
    assertThat(loaded.size()).isPositive();
    loaded.forEach(entry -> assertUsable(entry.getKey(), entry.getValue()));
  }

  @Test
  void coreSitesOptionsInCommentsNameKeysThatExist() throws IOException {
    Matcher names = Pattern.compile("<name>([^<]+)</name>").matcher(Files.readString(CORE_SITE));
    int found = 0;
    while (names.find()) {
      found++;
      assertThat(exists(names.group(1))).as(names.group(1)).isTrue();
    }
    assertThat(found).isPositive();
  }

  @Test
  void sparkDefaultsNameKeysThatExist() throws IOException {
    Properties loaded = new Properties();
    try (Reader reader = Files.newBufferedReader(SPARK_DEFAULTS, StandardCharsets.UTF_8)) {
      loaded.load(reader);
    }
    Map<String, String> hadoop = new TreeMap<>();
    loaded.stringPropertyNames().stream()
        .filter(key -> key.startsWith(SPARK_HADOOP))
        .forEach(key -> hadoop.put(key.substring(SPARK_HADOOP.length()), loaded.getProperty(key)));
    assertThat(hadoop).isNotEmpty().allSatisfy(ConfFilesTest::assertUsable);
  }

  @Test
  void sparkDefaultsOptionsInCommentsNameKeysThatExist() throws IOException {
    try (Stream<String> lines = Files.lines(SPARK_DEFAULTS)) {
      assertThat(lines.filter(line -> line.startsWith("#" + SPARK_HADOOP)))
          .allSatisfy(
              line ->
                  assertThat(exists(line.substring(1 + SPARK_HADOOP.length()).split("\\s+")[0]))
                      .as(line)
                      .isTrue());
    }
  }

  @Test
  void sparksRedactionHidesEverySecret() throws IOException {
    Properties loaded = new Properties();
    try (Reader reader = Files.newBufferedReader(SPARK_DEFAULTS, StandardCharsets.UTF_8)) {
      loaded.load(reader);
    }
    Pattern redaction = Pattern.compile(loaded.getProperty("spark.redaction.regex"));
    assertThat(SecretMasking.table().filter(row -> SecretMasking.isSecret(row.key())))
        .filteredOn(row -> !row.key().endsWith(".proxy.username"))
        .allSatisfy(row -> assertThat(redaction.matcher(row.key()).find()).as(row.key()).isTrue());
  }

  private static void assertUsable(String key, String value) {
    assertThat(exists(key)).as(key).isTrue();
    assertThat(SecretMasking.isSecret(key)).as("a secret: %s", key).isFalse();
    assertThat(value).as(key).isNotBlank();
  }

  private static boolean exists(String key) {
    return KnownHadoopKeys.knows(key)
        || SecretMasking.table().anyMatch(row -> row.key().equals(key))
        // keys that carry the name of a nameservice or a NameNode
        || key.matches(
            "dfs\\.(ha\\.namenodes|namenode\\.rpc-address|client\\.failover\\.proxy\\.provider)\\.[a-z0-9.]+");
  }
}
