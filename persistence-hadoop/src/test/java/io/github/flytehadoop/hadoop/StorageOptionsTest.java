/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.config.AzureBlobStorageConfig;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.testkit.Rule;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageOptionsTest {
  private static final DataConfig CONFIG =
      DataConfig.sandbox().toBuilder()
          .azure(AzureBlobStorageConfig.builder().accountName("acct").accountKey("a2V5").build())
          .build();

  @Rule({"OPT-SO", "OPT-S3-2", "OPT-S3-3", "OPT-S3-4"})
  @Test
  void s3() {
    assertThat(StorageOptions.forProtocol("s3", CONFIG, FileSystemOptions.defaults()))
        .containsEntry("fs.s3a.endpoint", "http://localhost:30002")
        .containsEntry("fs.s3a.access.key", "minio")
        .containsEntry("fs.s3a.secret.key", "miniostorage")
        .containsEntry("fs.s3a.path.style.access", "true")
        .allSatisfy((key, value) -> assertThat(key).doesNotContain(".gs.", ".azure."));
  }

  @Rule({"OPT-SO", "W-5"})
  @ParameterizedTest
  @CsvSource({
    "s3, s3a",
    "s3, s3n",
    "s3, S3",
    "gs, gcs",
    "abfs, az",
    "abfs, wasb",
    "abfss, wasbs",
    "file, local"
  })
  void anAliasGetsTheSame(String protocol, String alias) {
    FileSystemOptions options = FileSystemOptions.with(Map.of("some.key", "v"));
    assertThat(StorageOptions.forProtocol(alias, CONFIG, options))
        .isEqualTo(StorageOptions.forProtocol(protocol, CONFIG, options))
        .containsEntry("some.key", "v");
  }

  @Rule({"OPT-SO", "OPT-AZ-1"})
  @ParameterizedTest
  @ValueSource(strings = {"abfs", "abfss"})
  void azure(String protocol) {
    assertThat(StorageOptions.forProtocol(protocol, CONFIG, FileSystemOptions.defaults()))
        .containsEntry("fs.azure.account.key.acct.dfs.core.windows.net", "a2V5");
  }

  @Rule("OPT-SO")
  @ParameterizedTest
  @ValueSource(strings = {"file", "hdfs", "webhdfs", "swebhdfs", "viewfs", "http", "https", "ftp"})
  void theOthersKeepTheCallersOverrides(String protocol) {
    assertThat(
            StorageOptions.forProtocol(
                protocol, CONFIG, FileSystemOptions.with(Map.of("dfs.replication", "2"))))
        .containsEntry("dfs.replication", "2")
        .doesNotContainValue("miniostorage");
  }

  @Rule("OPT-SO")
  @Test
  void theCallersOverridesWin() {
    FileSystemOptions options =
        FileSystemOptions.anonymous()
            .withOverrides(
                Map.of(
                    "fs.s3a.endpoint", "http://other:1",
                    "fs.s3a.aws.credentials.provider", "org.example.Own"));
    assertThat(StorageOptions.forProtocol("s3", CONFIG, options))
        .containsEntry("fs.s3a.endpoint", "http://other:1")
        .containsEntry("fs.s3a.aws.credentials.provider", "org.example.Own");
  }

  @Rule({"OPT-S3-6", "OPT-SO"})
  @Test
  void anonymous() {
    assertThat(StorageOptions.forProtocol("s3", CONFIG, FileSystemOptions.anonymous()))
        .containsEntry(
            "fs.s3a.aws.credentials.provider",
            "org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider")
        .doesNotContainValue("miniostorage");
    assertThat(StorageOptions.forProtocol("gs", CONFIG, FileSystemOptions.anonymous()))
        .containsEntry("fs.gs.auth.type", "UNAUTHENTICATED");
  }

  @Rule("W-5")
  @ParameterizedTest
  @ValueSource(strings = {"memory", "foo", "simplecache", ""})
  void anUnknownProtocolIsRefusedWithTheKnown(String protocol) {
    assertThatThrownBy(
            () -> StorageOptions.forProtocol(protocol, CONFIG, FileSystemOptions.defaults()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("s3")
        .hasMessageContaining("gs")
        .hasMessageContaining("abfs")
        .hasMessageContaining("hdfs");
  }

  @Rule({"OPT-CK-1", "OPT-CK-2"})
  @ParameterizedTest
  @CsvSource({
    "s3, put, fs.s3a.multipart.size=26214400",
    "s3a, _put, fs.s3a.multipart.size=26214400",
    "s3, p_u_t_, fs.s3a.multipart.size=26214400",
    "gs, put, fs.gs.outputstream.upload.chunk.size=33554432",
    "gcs, put, fs.gs.outputstream.upload.chunk.size=33554432",
    "s3, put_file, ''",
    "s3, get, ''",
    "abfs, put, ''",
    "file, put, ''"
  })
  void theChunkSizeOfAPut(String protocol, String method, String expected) {
    Map<String, String> keys = StorageOptions.forCall(protocol, method, Map.of());
    assertThat(
            keys.isEmpty()
                ? ""
                : keys.keySet().iterator().next() + "=" + keys.values().iterator().next())
        .isEqualTo(expected);
  }

  @Rule({"FAP-C1", "OPT-CK-2"})
  @ParameterizedTest
  @CsvSource({
    "33554432, s3, 33554432",
    "1, s3, 5242880",
    "1, gs, 8388608",
    "8388608, gs, 8388608",
    "8388609, gs, 16777216",
    "2147483647, gs, 2139095040"
  })
  void theChunkSizeComesFromTheEnvironmentWithinWhatTheStoreTakes(
      String set, String protocol, String expected) {
    assertThat(StorageOptions.forCall(protocol, "put", Map.of("_F_P_WRITE_CHUNK_SIZE", set)))
        .containsValue(expected);
  }

  @Rule("FAP-C1")
  @Test
  void aChunkSizeThatIsNoneIsRefusedAtTheCall() {
    assertThatThrownBy(
            () -> StorageOptions.forCall("s3", "put", Map.of("_F_P_WRITE_CHUNK_SIZE", "0")))
        .isInstanceOf(ConfigException.class);
  }

  @Rule({"W-6", "B48", "B49"})
  @ParameterizedTest
  @CsvSource({
    "-1, 26214400, 26214400",
    "0, 26214400, 26214400",
    "1073741824, 26214400, 26214400",
    "235929600000, 26214400, 26214400",
    "235929600001, 26214400, 27262976",
    "5497558138880, 26214400, 611319808",
    "5497558138880, 1073741824, 1073741824"
  })
  void aLargeFileGetsLargerParts(long length, long configured, long expected) {
    long size = PartSize.partSizeFor(length, configured);
    assertThat(size).isEqualTo(expected);
    assertThat((length + size - 1) / size).isLessThanOrEqualTo(9_000);
  }
}
