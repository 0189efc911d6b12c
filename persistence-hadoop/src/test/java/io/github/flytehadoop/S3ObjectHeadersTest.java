/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.Depth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an object is stored with besides its bytes, in one request and in parts. */
class S3ObjectHeadersTest {
  private static final String CUSTOMER_KEY =
      TestSecrets.remember("dHN0U2VjcmV0MTBDdXN0b21lcktleU5ldmVyUHJpblQ=");
  private static final String CUSTOMER_KEY_MD5 = "x-amz-server-side-encryption-customer-key-md5";
  private static final Map<String, String> CONTENT =
      Map.of(
          "Content-Type", "text/csv",
          "content-encoding", "zstd",
          "content-language", "eo",
          "content-disposition", "attachment",
          "cache-control", "no-store",
          "user-note", "mine");

  @TempDir Path temp;
  private S3Endpoint endpoint;
  private Path source;

  @BeforeEach
  void plant() throws IOException {
    endpoint = S3Endpoint.start();
    source = Files.createDirectories(temp.resolve("in"));
    Files.writeString(source.resolve("small"), "hello");
    Files.write(source.resolve("large"), new byte[20 << 20]);
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  private FileAccessProvider provider(Map<String, String> keys, Map<String, String> metadata)
      throws IOException {
    Configuration hadoop = new Configuration();
    keys.forEach(hadoop::set);
    return FileAccessProvider.builder()
        .localSandboxDir(temp.resolve("sandbox"))
        .rawOutputPrefix("s3://bucket/raw")
        .dataConfig(Site.config(endpoint))
        .hadoopConfiguration(hadoop)
        .executionMetadata(metadata)
        .build();
  }

  private void roundTrip(FileAccessProvider provider) throws IOException {
    provider.putData(source, "s3://bucket/t", BlobDimensionality.MULTIPART);
    Path target = temp.resolve("got");
    provider.getData("s3://bucket/t", target, BlobDimensionality.MULTIPART);
    for (String name : new String[] {"small", "large"}) {
      assertThat(Files.mismatch(source.resolve(name), target.resolve(name))).isEqualTo(-1);
    }
  }

  @Test
  @Rule("FAP-PU-11")
  void metadataNamedLikeHeadersOfContentIsSentAsTheseAndReadBack() throws IOException {
    endpoint.createBucket("bucket");
    try (FileAccessProvider provider = provider(Map.of(), CONTENT)) {
      roundTrip(provider);
      for (String key : new String[] {"t/small", "t/large"}) {
        assertThat(endpoint.metadata("bucket", key))
            .containsEntry("content-type", "text/csv")
            .containsEntry("content-encoding", "zstd")
            .containsEntry("content-language", "eo")
            .containsEntry("content-disposition", "attachment")
            .containsEntry("cache-control", "no-store")
            .containsEntry("x-amz-meta-user-note", "mine")
            .allSatisfy((name, value) -> assertThat(name).doesNotStartWith("x-amz-meta-c"));
        assertThat(provider.stat("s3://bucket/" + key).metadata())
            .containsEntry("content-type", "text/csv")
            .containsEntry("content-encoding", "zstd")
            .containsEntry("user-note", "mine")
            .hasSameSizeAs(CONTENT);
      }
    }
  }

  static Stream<Arguments> storage() {
    String encryption = "x-amz-server-side-encryption";
    return Stream.of(
        Arguments.of(
            Map.of("fs.s3a.create.storage.class", "standard_ia"),
            Map.of("x-amz-storage-class", "STANDARD_IA")),
        Arguments.of(
            Map.of("fs.s3a.object.content.encoding", "gzip"), Map.of("content-encoding", "gzip")),
        Arguments.of(Map.of("fs.s3a.encryption.algorithm", "AES256"), Map.of(encryption, "AES256")),
        Arguments.of(
            Map.of("fs.s3a.encryption.algorithm", "SSE-KMS", "fs.s3a.encryption.key", "arn:key"),
            Map.of(encryption, "aws:kms", encryption + "-aws-kms-key-id", "arn:key")),
        Arguments.of(
            Map.of("fs.s3a.encryption.algorithm", "SSE-C", "fs.s3a.encryption.key", CUSTOMER_KEY),
            Map.of(encryption + "-customer-algorithm", "AES256")));
  }

  @ParameterizedTest
  @MethodSource("storage")
  void storageClassAndEncryptionAreHadoopKeys(Map<String, String> keys, Map<String, String> kept)
      throws IOException {
    endpoint.createBucket("bucket");
    try (FileAccessProvider provider = provider(keys, Map.of())) {
      roundTrip(provider);
    }
    assertThat(endpoint.metadata("bucket", "t/small")).containsAllEntriesOf(kept);
    assertThat(endpoint.metadata("bucket", "t/large")).containsAllEntriesOf(kept);
  }

  @Test
  @Rule("B75")
  void objectUnderCustomerKeyIsUnreadableWithoutIt() throws IOException {
    endpoint.createBucket("bucket");
    Map<String, String> keys =
        Map.of("fs.s3a.encryption.algorithm", "SSE-C", "fs.s3a.encryption.key", CUSTOMER_KEY);
    try (FileAccessProvider provider = provider(keys, Map.of())) {
      roundTrip(provider);
    }
    assertThat(endpoint.metadata("bucket", "t/small")).containsKey(CUSTOMER_KEY_MD5);
    try (FileAccessProvider without = provider(Map.of(), Map.of())) {
      assertThatThrownBy(() -> without.getData("s3://bucket/t/small", temp.resolve("no")))
          .isInstanceOf(TransferException.class)
          .hasMessageNotContaining(CUSTOMER_KEY);
      assertThat(temp.resolve("no")).doesNotExist();
    }
  }

  @Test
  @Rule("B78")
  void aRequesterPaysWhoSaysSo() throws IOException {
    endpoint.createRequesterPaysBucket("bucket");
    try (FileAccessProvider without = provider(Map.of(), Map.of())) {
      assertThatThrownBy(() -> without.putData(source.resolve("small"), "s3://bucket/x"))
          .isInstanceOfSatisfying(
              TransferException.class,
              failure -> assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED));
    }
    try (FileAccessProvider pays =
        provider(Map.of("fs.s3a.requester.pays.enabled", "true"), Map.of())) {
      roundTrip(pays);
      assertThat(pays.exists("s3://bucket/t/large")).isTrue();
      pays.delete("s3://bucket/t", Depth.TREE);
    }
    assertThat(endpoint.keys("bucket")).isEmpty();
  }
}
