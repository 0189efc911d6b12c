/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferReport;
import io.github.flytehadoop.transfer.mapreduce.MapReduceEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.PureJavaCrc32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was moved, file by file, in a file of its own. */
class ManifestTest {
  private static final int FILES = 20;
  private static final int PART = 5 << 20;

  @TempDir Path temp;
  private final S3Endpoint s3 = S3Endpoint.start();
  private final Map<String, byte[]> files = new TreeMap<>();
  private FileAccessProvider provider;
  private Path manifest;

  @BeforeEach
  void start() throws Exception {
    s3.createBucket("b");
    Configuration cluster = new Configuration(MiniHdfs.shared().configuration());
    cluster.set("hadoop.tmp.dir", temp.resolve("hadoop").toString());
    provider =
        FileAccessProvider.builder()
            .localSandboxDir(temp.resolve("sandbox"))
            .rawOutputPrefix(MiniHdfs.shared().newDirectory())
            .hadoopConfiguration(cluster)
            .dataConfig(Providers.config(s3.uri(), "key", "secret"))
            .engine(new MapReduceEngine(cluster))
            .build();
    manifest = Files.createDirectory(temp.resolve("told")).resolve("manifest.jsonl");
    byte[] large = new byte[2 * PART + 9];
    new Random(3).nextBytes(large);
    files.put("large \"%41\"", large);
    for (int i = 0; i < FILES; i++) {
      files.put("d" + i % 3 + "/" + i, new byte[] {(byte) i, 7});
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      s3.putDirectly("b", "from/" + file.getKey(), file.getValue());
    }
  }

  @AfterEach
  void stop() {
    provider.close();
    s3.close();
  }

  private CopyOptions options(Engine engine) {
    return CopyOptions.defaults()
        .withEngine(engine)
        .withTasks(engine == Engine.LOCAL ? 0 : 2)
        .withOnExisting(OnExisting.OVERWRITE)
        .withLimits(TransferLimits.defaults().withPartSizeBytes(PART))
        .withManifest(manifest);
  }

  private Map<String, JsonNode> lines(String target) throws Exception {
    Map<String, JsonNode> lines = new TreeMap<>();
    for (String line : Files.readAllLines(manifest)) {
      JsonNode json = new ObjectMapper().readTree(line);
      assertThat(json.get("path").asText()).startsWith(target + "/");
      String path = json.get("path").asText().substring(target.length() + 1);
      assertThat(lines.put(path, json)).as("each once: " + line).isNull();
    }
    try (Stream<Path> beside = Files.list(manifest.getParent())) {
      assertThat(beside).containsExactly(manifest);
    }
    return lines;
  }

  private static String crc32c(byte[] content) {
    PureJavaCrc32C checksum = new PureJavaCrc32C();
    checksum.update(content, 0, content.length);
    return String.format("CRC32C:%08x", checksum.getValue());
  }

  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"LOCAL", "MAPREDUCE"})
  void everyFileHasOneLine(Engine engine) throws Exception {
    String target = provider.rawOutputPrefix() + "to";
    provider.copy("s3://b/from", target, options(engine));
    Map<String, JsonNode> lines = lines(target);
    assertThat(lines.keySet()).containsExactlyElementsOf(files.keySet());
    lines.forEach(
        (path, line) -> {
          byte[] content = files.get(path);
          assertThat(line.get("size").asLong()).isEqualTo(content.length);
          assertThat(line.get("checksum").asText()).as(path).isEqualTo(crc32c(content));
          assertThat(line.get("attempts").asInt()).isEqualTo(1);
          assertThat(line.get("milliseconds").asLong()).isBetween(0L, 600_000L);
          String workers = engine == Engine.LOCAL ? "local" : "task_local[0-9]+_[0-9]+_m_.*";
          assertThat(line.get("worker").asText()).matches(workers);
          assertThat(line.size()).isEqualTo(6);
        });
  }

  @Test
  void aFileThatFailedHasNoLine() throws Exception {
    s3.faults(
        FaultPlan.of(
            FaultRule.on(RequestKind.GET_OBJECT)
                .key(key -> key.endsWith("/5"))
                .gives(Fault.status(403, "AccessDenied"))));
    String target = provider.rawOutputPrefix() + "to";
    assertThatThrownBy(() -> provider.copy("s3://b/from", target, options(Engine.LOCAL)))
        .isInstanceOfSatisfying(
            CopyException.class,
            failure -> {
              TransferReport report = (TransferReport) failure.report();
              assertThat(report).isNotNull();
              assertThat(report.files()).isEqualTo(files.size() - 1);
            });
    assertThat(lines(target)).hasSize(files.size() - 1).doesNotContainKey("d2/5");
  }

  @Test
  void aPlaceAmongTheDataOrThatCannotBeWrittenIsRefusedBeforeAnythingMoves() throws Exception {
    Path target = temp.resolve("data");
    manifest = target.resolve("m");
    assertThatThrownBy(() -> provider.copy("s3://b/from", target.toString(), options(Engine.LOCAL)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("among the data");
    manifest = temp.resolve("missing/m");
    assertThatThrownBy(() -> provider.copy("s3://b/from", target.toString(), options(Engine.LOCAL)))
        .isInstanceOf(CopyException.class)
        .hasMessageContaining("manifest");
    assertThat(target).doesNotExist();
    assertThat(s3.count(RequestKind.GET_OBJECT)).isZero();
  }
}
