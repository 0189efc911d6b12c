/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.GCSConfig;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystemOptions;
import io.github.flytehadoop.testkit.AzureServer;
import io.github.flytehadoop.testkit.GcsServer;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.ObjectStatus;
import io.github.flytehadoop.transfer.TransferReport;
import io.github.flytehadoop.transfer.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories to Azure and GCS and back, as a user of the provider does it. */
@Tag("slow")
class CloudRoundTripTest {
  private static final Map<String, String> EXECUTION =
      Map.of(
          "flyte-execution-project", "p",
          "flyte-execution-domain", "d",
          "flyte-execution-name", "n",
          "flyte-execution-launchplan", "a.b-c_d",
          "user-note", "50 % \u00e9",
          "content-type", "text/plain",
          "content-encoding", "identity");

  @TempDir Path temp;
  private Path source;

  @BeforeEach
  void plant() throws IOException {
    source = Files.createDirectories(temp.resolve("in/a")).getParent();
    Files.writeString(source.resolve("a/small.txt"), "hello");
    Files.writeString(source.resolve("odd name %41+#[.txt"), "odd");
    Files.write(source.resolve("large.bin"), new byte[20 << 20]);
    Files.createFile(source.resolve("a/empty"));
  }

  private FileAccessProvider provider(String prefix, DataConfig config, Configuration hadoop)
      throws IOException {
    return FileAccessProvider.builder()
        .localSandboxDir(temp.resolve("sandbox"))
        .rawOutputPrefix(prefix)
        .dataConfig(config)
        .hadoopConfiguration(hadoop)
        .executionMetadata(EXECUTION)
        .build();
  }

  private TransferReport roundTrip(FileAccessProvider provider, String uri) throws IOException {
    return roundTrip(provider, uri, uri);
  }

  private TransferReport roundTrip(FileAccessProvider provider, String uri, String comesBack)
      throws IOException {
    TransferReport put = provider.putData(source, uri, BlobDimensionality.MULTIPART);
    assertThat(put.uri()).isEqualTo(comesBack);
    assertThat(put.files()).isEqualTo(4);
    assertThat(put.verification()).isEqualTo(Verification.CHECKSUM);
    Path target = Files.createTempDirectory(temp, "out").resolve("got");
    provider.getData(uri, target, BlobDimensionality.MULTIPART);
    assertThat(target.resolve("a/small.txt")).hasContent("hello");
    assertThat(target.resolve("odd name %41+#[.txt")).hasContent("odd");
    assertThat(target.resolve("a/empty")).isEmptyFile();
    assertThat(Files.mismatch(source.resolve("large.bin"), target.resolve("large.bin")))
        .isEqualTo(-1);
    try (Stream<ObjectStatus> listed = provider.list(uri, Depth.TREE)) {
      assertThat(listed.map(ObjectStatus::uri))
          .containsExactlyInAnyOrder(
              comesBack + "/a/small.txt",
              comesBack + "/a/empty",
              comesBack + "/odd name %41+#[.txt",
              comesBack + "/large.bin");
    }
    for (String file : List.of("/a/small.txt", "/large.bin")) {
      ObjectStatus status = provider.stat(uri + file);
      assertThat(status.metadata()).containsAllEntriesOf(EXECUTION);
      assertThat(status.etag()).isNotEmpty();
    }
    return put;
  }

  @Test
  @RequireStores("azure")
  @Rule({"W-3", "W-4", "W-5", "FAP-PU-11"})
  void azureInEveryFormAndTwoAccounts() throws IOException {
    AzureServer server = AzureServer.shared();
    String mine = server.newContainer();
    String theirs = server.newContainer(AzureServer.OTHER_ACCOUNT);
    String host = AzureServer.OTHER_ACCOUNT + ".dfs.core.windows.net";
    Configuration hadoop = new Configuration();
    hadoop.set("fs.azure.account.auth.type." + host, "SharedKey");
    hadoop.set("fs.azure.account.key." + host, TestSecrets.AZURE_ACCOUNT_KEY);
    try (FileAccessProvider provider =
        provider("abfs://" + mine + "/raw", server.dataConfig(), hadoop)) {
      TransferReport put = roundTrip(provider, "abfs://" + mine + "/short");
      assertThat(put.requests()).as("one request a file").containsEntry("PUT", 4L);
      // other schemes for the same store come back as the one that every Flyte client reads
      roundTrip(provider, "az://" + mine + "/az", "abfs://" + mine + "/az");
      roundTrip(provider, "abfs://" + mine + "@" + AzureServer.ACCOUNT + "/named");
      roundTrip(
          provider, "abfs://" + mine + "@" + AzureServer.ACCOUNT + ".dfs.core.windows.net/whole");
      String old = mine + "@" + AzureServer.ACCOUNT + ".blob.core.windows.net/old";
      roundTrip(provider, "wasb://" + old, "abfs://" + old);
      String other = "abfs://" + theirs + "@" + host + "/other";
      roundTrip(provider, other);
      assertThat(provider.exists("abfs://" + mine + "/other")).isFalse();
      assertThat(provider.exists("abfs://" + mine + "/short/a/small.txt")).isTrue();
    }
  }

  @Test
  @RequireStores("azure")
  @Rule("W-4")
  void azureWithASignatureAndNoKey() throws IOException {
    AzureServer server = AzureServer.shared();
    String uri = "abfs://" + server.newContainer() + "/signed";
    Configuration hadoop = new Configuration();
    String all = server.newSignature("rwdlac");
    try (FileAccessProvider provider = provider(uri, server.signedConfig(all), hadoop)) {
      TransferReport put = roundTrip(provider, uri);
      assertThat(put.requests()).containsEntry("PUT", 4L);
      provider.delete(uri + "/a/empty", Depth.CHILDREN);
      assertThat(provider.exists(uri + "/a/empty")).isFalse();
    }
    String reading = server.newSignature("rl");
    try (FileAccessProvider reader = provider(uri, server.signedConfig(reading), hadoop)) {
      reader.getData(uri + "/a/small.txt", temp.resolve("read"));
      assertThat(temp.resolve("read")).hasContent("hello");
      assertThatThrownBy(() -> reader.putData(source.resolve("a/empty"), uri + "/new"))
          .isInstanceOfSatisfying(
              TransferException.class,
              failure -> assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED))
          .hasMessageNotContaining(reading.substring(reading.indexOf("sig=") + 4));
    }
  }

  @Test
  void azureSaysThatItHasNoAnonymousAccess() throws IOException {
    DataConfig config = DataConfig.defaults();
    try (FileAccessProvider provider = provider(temp.toString(), config, new Configuration())) {
      assertThatThrownBy(
              () ->
                  provider.getFileSystemForPath(
                      "abfs://c@account/key", FileSystemOptions.anonymous()))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("no anonymous access");
    }
  }

  @Test
  @RequireStores("gcs")
  @Rule("FAP-PU-11")
  void gcsInBothForms() throws IOException {
    GcsServer server = GcsServer.shared();
    String bucket = server.newBucket();
    try (FileAccessProvider provider =
        provider("gs://" + bucket + "/raw", server.dataConfig(), new Configuration())) {
      roundTrip(provider, "gs://" + bucket + "/one");
      roundTrip(provider, "gcs://" + bucket + "/two", "gs://" + bucket + "/two");
      assertThat(server.describe(bucket, "one%2Fa%2Fsmall.txt"))
          .contains("\"contentType\":\"text/plain\"")
          .contains("\"contentEncoding\":\"identity\"");
    }
  }

  @Test
  @RequireStores("gcs")
  @Rule({"W-16", "W-17", "W-18"})
  void gcsIsReadWithoutCredentialsAndNeverWritten() throws IOException {
    GcsServer server = GcsServer.shared();
    String uri = "gs://" + server.newBucket() + "/file";
    try (FileAccessProvider owner = provider(uri, server.dataConfig(), new Configuration())) {
      owner.putData(source.resolve("a/small.txt"), uri);
    }
    DataConfig without =
        DataConfig.builder()
            .gcs(
                GCSConfig.builder()
                    .endpoint(server.uri().toString())
                    .serviceAccountKeyFile(temp.resolve("missing.json").toString())
                    .build())
            .build();
    try (FileAccessProvider reader = provider(temp.toString(), without, new Configuration())) {
      reader.getData(uri, temp.resolve("got"));
      assertThat(temp.resolve("got")).hasContent("hello");
      assertThatThrownBy(() -> reader.putData(source.resolve("a/empty"), uri))
          .isInstanceOfSatisfying(
              TransferException.class,
              failure -> assertThat(failure.kind()).isEqualTo(FailureKind.NO_CREDENTIALS));
    }
    try (FileAccessProvider never =
        FileAccessProvider.builder()
            .localSandboxDir(temp.resolve("sandbox"))
            .rawOutputPrefix(temp.toString())
            .dataConfig(without)
            .anonymousAccess(AnonymousAccess.NEVER)
            .build()) {
      assertThatThrownBy(() -> never.exists(uri))
          .isInstanceOfSatisfying(
              TransferException.class,
              failure -> assertThat(failure.kind()).isEqualTo(FailureKind.NO_CREDENTIALS));
    }
  }
}
