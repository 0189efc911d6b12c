/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.config.AzureBlobStorageConfig;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.GCSConfig;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.AzureServer;
import io.github.flytehadoop.testkit.GcsServer;
import io.github.flytehadoop.testkit.LossyProxy;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.TransferReport;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A write to Azure or GCS that refuses to replace, and whose answer is lost. */
@Timeout(180)
class CloudLostRepliesTest {
  private static final CopyOptions REFUSING =
      CopyOptions.defaults().withEngine(Engine.LOCAL).withShape(BlobDimensionality.SINGLE);

  @TempDir Path temp;

  @Test
  @RequireStores("azure")
  @Rule("F21")
  void azure() throws Exception {
    AzureServer server = AzureServer.shared();
    String container = server.newContainer();
    try (LossyProxy proxy = LossyProxy.before(server.uri())) {
      DataConfig config =
          DataConfig.builder()
              .azure(
                  AzureBlobStorageConfig.builder()
                      .accountName(AzureServer.ACCOUNT)
                      .accountKey(TestSecrets.AZURE_ACCOUNT_KEY)
                      .endpoint(proxy.uri().toString())
                      .build())
              .build();
      check(proxy, config, "abfs://" + container + "/d", "If-None-Match");
    }
  }

  @Test
  @RequireStores("gcs")
  @Rule("F21")
  void gcs() throws Exception {
    GcsServer server = GcsServer.shared();
    String bucket = server.newBucket();
    try (LossyProxy proxy = LossyProxy.before(server.uri())) {
      DataConfig config =
          DataConfig.builder()
              .gcs(GCSConfig.builder().endpoint(proxy.uri().toString()).projectId("test").build())
              .build();
      check(proxy, config, "gs://" + bucket + "/d", "ifGenerationMatch=0");
    }
  }

  private void check(LossyProxy proxy, DataConfig config, String target, String conditional)
      throws Exception {
    String source = Files.writeString(temp.resolve("f"), "content").toString();
    try (FileAccessProvider provider =
        FileAccessProvider.builder()
            .localSandboxDir(temp.resolve("sandbox"))
            .rawOutputPrefix(target)
            .dataConfig(config)
            .build()) {
      provider.copy(source, target + "/before", REFUSING);
      proxy.loseAnswerTo(conditional);
      TransferReport report = provider.copy(source, target + "/f", REFUSING);
      assertThat(proxy.lost()).isEqualTo(1);
      assertThat(report.files()).isEqualTo(1);
      assertThat(provider.stat(target + "/f").metadata()).isEmpty();
      provider.getData(target + "/f", temp.resolve("back"));
      assertThat(temp.resolve("back")).hasContent("content");

      TransferException conflict =
          catchThrowableOfType(
              TransferException.class, () -> provider.copy(source, target + "/f", REFUSING));
      assertThat(conflict.kind()).isEqualTo(FailureKind.CONFLICT);
    }
  }
}
