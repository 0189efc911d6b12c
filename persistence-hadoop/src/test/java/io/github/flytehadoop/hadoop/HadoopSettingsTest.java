/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.testkit.Rule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HadoopSettingsTest {
  private static final DataConfig MINIO =
      DataConfig.builder()
          .s3(
              S3Config.builder()
                  .endpoint("http://minio:9000")
                  .accessKeyId("the-access-key-id")
                  .secretAccessKey("the-secret")
                  .sessionToken("the-token")
                  .build())
          .build();

  @Test
  void theBaseStaysAsItIs() {
    Configuration base = new Configuration(false);
    Configuration result = HadoopConfigurations.of(MINIO, base);
    assertThat(result).isNotSameAs(base);
    assertThat(base.size()).isZero();
    assertThat(result.get("fs.s3a.endpoint")).isEqualTo("http://minio:9000");
    assertThat(result.getPropertySources("fs.s3a.endpoint")).containsExactly("flyte DataConfig");
  }

  /** Hadoop waits 400 ms for each, and a job has a hundred jars. */
  @Test
  void filesOfAJobAreClosedAsSoonAsTheyAreWhole() {
    String key = "dfs.client.block.write.locateFollowingBlock.initial.delay.ms";
    Configuration base = new Configuration(false);
    assertThat(HadoopSettings.ofJobs().applyTo(base).getInt(key, 400)).isEqualTo(10);
    base.set(key, "50");
    assertThat(HadoopSettings.ofJobs().applyTo(base).getInt(key, 400)).as("set").isEqualTo(50);
  }

  @Test
  void uploadsAreNeverBufferedWhereAnAbortCanGiveTheirBytesAway() {
    Configuration base = new Configuration();
    base.set("fs.s3a.fast.upload.buffer", "bytebuffer");
    base.set("fs.s3a.bucket.b.fast.upload.buffer", "bytebuffer");
    Configuration own =
        HadoopSettings.engine(
                Location.parse("s3://b/key"), MINIO, Map.of(), FileSystemOptions.defaults())
            .applyTo(base);
    assertThat(own.get("fs.s3a.fast.upload.buffer")).isEqualTo("array");
    assertThat(own.get("fs.s3a.bucket.b.fast.upload.buffer")).isEqualTo("array");
    assertThat(HadoopConfigurations.of(MINIO, base).get("fs.s3a.fast.upload.buffer"))
        .as("of other programs")
        .isEqualTo("bytebuffer");
  }

  @Test
  void theUsersValuesStayWhereDataConfigSaysNothing() {
    Configuration base = new Configuration();
    base.set("fs.s3a.endpoint", "http://ceph:7480");
    base.set("fs.s3a.path.style.access", "true");
    base.set("fs.s3a.aws.credentials.provider", "org.example.Own");
    base.set("fs.s3a.retry.limit", "20");
    base.set("fs.s3.impl", "com.amazon.ws.emr.hadoop.fs.EmrFileSystem");
    base.set("fs.gs.auth.type", "USER_CREDENTIALS");
    base.set("my.own.key", "kept");
    Configuration result = HadoopConfigurations.of(DataConfig.defaults(), base);
    base.forEach(
        entry -> {
          if (entry.getKey().startsWith("my.") || isUsers(base, entry.getKey())) {
            assertThat(result.get(entry.getKey())).isEqualTo(entry.getValue());
          }
        });
    assertThat(result.get("fs.gs.impl")).startsWith("com.google.cloud.");
    assertThat(result.get("fs.gs.block.size")).isEqualTo("67108864");
  }

  private static boolean isUsers(Configuration base, String key) {
    return "programmatically".equals(base.getPropertySources(key)[0]);
  }

  @Test
  void dataConfigWinsWhereItSaysSomething() {
    Configuration base = new Configuration();
    base.set("fs.s3a.endpoint", "http://ceph:7480");
    base.set("fs.s3a.aws.credentials.provider", "org.example.Own");
    Configuration result = HadoopConfigurations.of(MINIO, base);
    assertThat(result.get("fs.s3a.endpoint")).isEqualTo("http://minio:9000");
    assertThat(result.get("fs.s3a.aws.credentials.provider")).contains("TemporaryAWS");
  }

  @Test
  void localFilesAndForeignSchemesAreLeftAlone() {
    Configuration plain = new Configuration();
    Configuration result = HadoopConfigurations.of(MINIO, plain);
    for (String key :
        new String[] {"fs.file.impl", "fs.wasb.impl", "fs.defaultFS", "fs.hdfs.impl"}) {
      assertThat(result.get(key)).as(key).isEqualTo(plain.get(key));
    }
    result.forEach(
        entry -> {
          if (entry.getKey().endsWith(".impl.disable.cache")) {
            assertThat(entry.getValue()).isEqualTo(plain.get(entry.getKey()));
          }
        });
  }

  @Test
  void ourSuggestionsOfBeforeGiveWayToThoseOfNow() {
    Configuration first = HadoopConfigurations.of(DataConfig.defaults(), new Configuration());
    Configuration second =
        HadoopSettings.shared(DataConfig.defaults(), Map.of("AWS_EC2_METADATA_DISABLED", "true"))
            .applyTo(first);
    assertThat(second.get("fs.s3a.aws.credentials.provider"))
        .isNotBlank()
        .doesNotContain("IAMInstance");
  }

  @Test
  void originOfUserKeysSurvivesSerialization() throws IOException {
    Configuration base = new Configuration();
    base.set("fs.s3a.retry.limit", "20");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    base.writeXml(bytes);
    Configuration job = new Configuration(false);
    job.addResource(new ByteArrayInputStream(bytes.toByteArray()), "job.xml");
    Configuration result = HadoopConfigurations.of(DataConfig.defaults(), job);
    assertThat(result.get("fs.s3a.retry.limit")).isEqualTo("20");
    assertThat(result.get("fs.gs.impl")).startsWith("com.google.cloud.");

    ByteArrayOutputStream written = new ByteArrayOutputStream();
    base.write(new DataOutputStream(written));
    Configuration read = new Configuration(false);
    read.readFields(new DataInputStream(new ByteArrayInputStream(written.toByteArray())));
    assertThat(HadoopConfigurations.of(DataConfig.defaults(), read).get("fs.s3a.retry.limit"))
        .isEqualTo("20");
  }

  @Test
  void travelsSmallAndComesBackEqual() throws IOException, ClassNotFoundException {
    HadoopSettings settings = HadoopSettings.shared(MINIO, Map.of());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(settings);
    }
    assertThat(bytes.size()).isLessThan(8 * 1024);
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(settings).hasSameHashCodeAs(settings);
    }
  }

  @Test
  void showsNoSecret() {
    HadoopSettings settings = HadoopSettings.shared(MINIO, Map.of());
    assertThat(settings.toString())
        .contains("fs.s3a.secret.key")
        .doesNotContain("the-secret", "the-access-key-id", "the-token");
    assertThat(settings.asMap()).containsEntry("fs.s3a.secret.key", "the-secret");
  }

  @Rule("OPT-SO")
  @Test
  void theCallersOverridesWinInTheEngineToo() {
    HadoopSettings settings =
        HadoopSettings.engine(
            Location.parse("s3://b/k"),
            MINIO,
            Map.of(),
            FileSystemOptions.with(Map.of("fs.s3a.input.stream.type", "analytics")));
    Configuration base = new Configuration();
    base.set("fs.s3a.input.stream.type", "prefetch");
    assertThat(settings.applyTo(base).get("fs.s3a.input.stream.type")).isEqualTo("analytics");
    assertThat(settings.asMap()).containsEntry("fs.s3a.multipart.size", "26214400");
    assertThat(settings.with(PartSize.keys("s3", 64L << 20)).asMap())
        .containsEntry("fs.s3a.multipart.size", "67108864");
  }

  @ParameterizedTest
  @CsvSource({
    "s3a://b/k, fs.s3a.impl.disable.cache",
    "gcs://b/k, fs.gs.impl.disable.cache",
    "abfs://c@a/k, fs.abfs.impl.disable.cache",
    "abfss://c@a/k, fs.abfss.impl.disable.cache",
    "hdfs://n/k, fs.hdfs.impl.disable.cache",
    "webhdfs://n/k, fs.webhdfs.impl.disable.cache",
    "viewfs://n/k, fs.viewfs.impl.disable.cache",
    "sftp://h/k, fs.sftp.impl.disable.cache",
    "ftp://h/k, fs.ftp.impl.disable.cache",
    "https://h/k, fs.https.impl.disable.cache",
    "file:/k, fs.file.impl.disable.cache"
  })
  void theEnginesInstancesAreItsOwn(String location, String key) {
    assertThat(
            HadoopSettings.engine(
                    Location.parse(location),
                    DataConfig.defaults(),
                    Map.of(),
                    FileSystemOptions.defaults())
                .asMap())
        .containsEntry(key, "true");
  }

  @Rule("OPT-S3-6")
  @Test
  void anonymousAccessWinsOverTheBucketsOwnSettings() {
    Configuration base = new Configuration();
    base.set("fs.s3a.bucket.b.aws.credentials.provider", "org.example.Own");
    Configuration result =
        HadoopSettings.engine(
                Location.parse("s3://b/k"), MINIO, Map.of(), FileSystemOptions.anonymous())
            .applyTo(base);
    assertThat(result.get("fs.s3a.bucket.b.aws.credentials.provider")).contains("Anonymous");
    assertThat(result.get("fs.s3a.secret.key")).isNull();
  }

  @Rule("OPT-AZ-2")
  @Test
  void azureHasNoAnonymousAccess() {
    assertThatThrownBy(
            () ->
                HadoopSettings.engine(
                    Location.parse("abfs://c@a/k"),
                    DataConfig.defaults(),
                    Map.of(),
                    FileSystemOptions.anonymous()))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("abfs://c@a/k")
        .hasMessageContaining("https://");
  }
}
