/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Store.Sending;
import io.github.flytehadoop.store.registry.StoreRegistry;
import io.github.flytehadoop.testkit.AzureServer;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** What one write holds in memory, as its store says it. */
@Rule("F89")
class WriteBuffersTest {
  private static final int PART = 25 << 20;
  private static final long LARGE = 400L << 20;

  private static Store store(DataConfig config, String place) throws IOException {
    FileSystems fileSystems = new FileSystems(config, new Configuration(), Map.of());
    return new StoreRegistry(fileSystems, AnonymousAccess.NEVER, PART).of(Location.parse(place));
  }

  @Test
  void aLocalFileSentToS3IsHeldByNobody() throws IOException {
    try (S3Endpoint s3 = S3Endpoint.start()) {
      s3.createBucket("bucket");
      Store store =
          store(
              Providers.config(s3.uri(), TestSecrets.S3_ACCESS_KEY, TestSecrets.S3_SECRET_KEY),
              "s3://bucket/x");
      assertThat(store.writeBufferBytes(10 << 20, Sending.SOURCE)).isZero();
      assertThat(store.writeBufferBytes(LARGE, Sending.SOURCE)).isZero();
      assertThat(store.writeBufferBytes(LARGE, Sending.STREAM)).isEqualTo(5L * PART);
    }
  }

  @Test
  @RequireStores("azure")
  void azureHoldsBlocksWhateverItsNamespaceIs() throws IOException {
    AzureServer server = AzureServer.shared();
    Store store = store(server.dataConfig(), "abfs://" + server.newContainer() + "/x");
    assertThat(store.writeBufferBytes(LARGE, Sending.STREAM)).isEqualTo(5L * PART);
    assertThat(store.writeBufferBytes(Attributes.UNKNOWN_LENGTH, Sending.STREAM))
        .isEqualTo(5L * PART);
    assertThat(store.writeBufferBytes(1000, Sending.SOURCE)).isEqualTo(1000);
    assertThat(store.writeBufferBytes(2L * PART, Sending.STREAM)).isEqualTo(2L * PART);
  }
}
