/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.GenericPersistenceConfig;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.PendingOutput;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.RawDataOptions;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetadataTest {
  /** The keys that a Flyte task attaches; a launch plan may be missing. */
  private static final Map<String, String> EXECUTION =
      Map.of(
          "flyte-execution-project", "project",
          "flyte-execution-domain", "development",
          "flyte-execution-launchplan", "",
          "flyte-execution-workflow", "my.workflow",
          "flyte-execution-name", "f1234567");

  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource(
      value = Site.Kind.class,
      names = {"HDFS", "S3"})
  @Rule({"W-30", "FAP-PU-11", "FAP-PR-9"})
  void everyWrittenFileSaysWhoWroteIt(Site.Kind kind) throws Exception {
    Map<String, String> given = new HashMap<>(EXECUTION);
    try (Site site = Site.open(kind, temp, builder -> builder.executionMetadata(given))) {
      given.clear();
      FileAccessProvider provider = site.provider();
      Path directory = Files.createDirectories(temp.resolve("d"));
      Path file = Files.writeString(directory.resolve("x"), "1");
      Files.write(directory.resolve("large"), new byte[30 << 20]);
      provider.putData(file, site.uri("single"));
      provider.uploadDirectory(directory, site.uri("t"));
      RawDataOptions raw = RawDataOptions.defaults().withUploadPrefix("");
      provider.putRawData(RawData.text("x"), raw.withFileName("text"));
      RawData stream = RawData.stream(new ByteArrayInputStream(new byte[] {1}));
      provider.putRawData(stream, raw.withFileName("stream"));
      provider.copy(
          site.uri("t"),
          site.uri("copy"),
          CopyOptions.defaults().withShape(BlobDimensionality.MULTIPART));
      try (PendingOutput out = provider.openWrite(site.uri("open"))) {
        out.commit();
      }
      List<String> written =
          List.of("single", "t/x", "t/large", "raw/text", "raw/stream", "copy/x", "open");
      Map<String, String> kept = new HashMap<>(EXECUTION);
      if (kind == Site.Kind.S3) {
        kept.values().removeIf(String::isEmpty); // its client sends no empty header
      }
      for (String key : written) {
        assertThat(site.metadata(key)).as(key).isEqualTo(kept);
        assertThat(provider.stat(site.uri(key)).metadata()).as(key).isEqualTo(kept);
      }
    }
  }

  @Test
  @Rule({"W-30", "FAP-PU-11"})
  void theLocalDiskKeepsNoneAndDoesNotMind() throws Exception {
    try (Site site =
        Site.open(Site.Kind.LOCAL, temp, builder -> builder.executionMetadata(EXECUTION))) {
      site.provider().putRawData(RawData.text("x"));
      String only = site.everything().get(0);
      assertThat(site.provider().stat(site.uri(only)).metadata()).isEmpty();
    }
  }

  @Test
  @Rule("FAP-CT-5")
  void theConfigurationCanTurnItOff() throws Exception {
    try (S3Endpoint endpoint = S3Endpoint.start()) {
      endpoint.createBucket("off");
      DataConfig off =
          Site.config(endpoint).toBuilder()
              .generic(GenericPersistenceConfig.builder().attachExecutionMetadata(false).build())
              .build();
      try (FileAccessProvider provider =
          FileAccessProvider.builder()
              .localSandboxDir(temp)
              .rawOutputPrefix("s3://off")
              .executionMetadata(EXECUTION)
              .dataConfig(off)
              .build()) {
        String uri = provider.putRawData(RawData.text("x")).uri();
        assertThat(provider.stat(uri).metadata()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Site.Kind.class,
      names = {"HDFS", "S3"})
  @Rule("FAP-PU-10")
  void theCallersMapIsNeitherChangedNorWatched(Site.Kind kind) throws Exception {
    Map<String, String> own = new HashMap<>(Map.of("own", "value"));
    try (Site site = Site.open(kind, temp, builder -> builder.executionMetadata(own))) {
      own.put("late", "value");
      site.provider().putData(Files.writeString(temp.resolve("x"), "1"), site.uri("x"));
      assertThat(site.metadata("x")).isEqualTo(Map.of("own", "value"));
      assertThat(own).isEqualTo(Map.of("own", "value", "late", "value"));
    }
  }

  @Test
  @Rule("FAP-PU-12")
  void compressedFilesAreNotDeclaredAsEncoded() throws Exception {
    FileAccessProvider.Builder builder =
        FileAccessProvider.builder().localSandboxDir(temp.resolve("sandbox"));
    try (S3Endpoint endpoint = S3Endpoint.start();
        Site.S3 site = Site.s3(endpoint, builder)) {
      byte[] bytes = {0x1f, (byte) 0x8b, 8, 0, 1};
      Path file = Files.write(temp.resolve("x.gz"), bytes);
      String uri = site.provider().putData(file, site.uri("x.gz")).uri();
      assertThat(endpoint.metadata(site.bucket(), "x.gz")).doesNotContainKey("content-encoding");
      site.provider().getData(uri, temp.resolve("back.gz"));
      assertThat(temp.resolve("back.gz")).hasBinaryContent(bytes);
    }
  }
}
