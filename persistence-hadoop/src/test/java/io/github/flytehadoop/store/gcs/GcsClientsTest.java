/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.GCSConfig;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.registry.StoreRegistry;
import io.github.flytehadoop.testkit.GcsServer;
import io.github.flytehadoop.testkit.RequireStores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** Which client serves a bucket, and that opening one asks nobody. */
class GcsClientsTest {
  private static Store open(DataConfig config, Configuration conf, Location at) throws IOException {
    FileSystems fileSystems = new FileSystems(config, conf, Map.of());
    return new StoreRegistry(fileSystems, AnonymousAccess.NEVER, 8 << 20).of(at);
  }

  @Test
  void aStoreIsOpenedWithoutCredentialsAndNetwork() throws IOException {
    DataConfig config =
        DataConfig.builder()
            .gcs(
                GCSConfig.builder()
                    .endpoint("https://no-such-host.invalid")
                    .serviceAccountKeyFile("/no/such/key.json")
                    .build())
            .build();
    Location file = Location.parse("gs://bucket/file");
    Store store = open(config, new Configuration(false), file);
    assertThat(store).isInstanceOf(GcsStore.class);
    TransferException failure =
        catchThrowableOfType(TransferException.class, () -> store.stat(file));
    assertThat(failure.kind()).isEqualTo(FailureKind.NO_CREDENTIALS);
    assertThat(failure).hasMessageContaining("/no/such/key.json is missing");
  }

  @Test
  @RequireStores("gcs")
  void hadoopsFileSystemServesABucketWhenItIsAskedTo() throws IOException {
    GcsServer server = GcsServer.shared();
    Location file = Location.parse("gs://" + server.newBucket() + "/d/file");
    Configuration conf = new Configuration(false);
    conf.set("fs.flyte.client", "hadoop");
    Store store = open(server.dataConfig(), conf, file);
    assertThat(store).isNotInstanceOf(GcsStore.class);
    byte[] content = "content".getBytes(StandardCharsets.UTF_8);
    try (ObjectWrite write = store.write(file, WriteOptions.ofLength(content.length))) {
      write.write(content);
      write.commit();
    }
    try (InputStream in = store.open(file, store.stat(file), ByteRange.WHOLE)) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
  }
}
