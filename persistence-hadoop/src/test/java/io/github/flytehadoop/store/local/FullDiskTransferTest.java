/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.Stores;
import io.github.flytehadoop.store.StoresHandle;
import io.github.flytehadoop.store.registry.StoreRegistry;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.ProgressListener;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.job.Engines;
import io.github.flytehadoop.transfer.job.Transfers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full in the middle of a download. */
@Rule({"F36", "W-24"})
class FullDiskTransferTest {
  private static final int PART = 5 << 20;

  @TempDir Path temp;
  private final S3Endpoint s3 = S3Endpoint.start();
  private final FileSystems fileSystems =
      new FileSystems(
          Providers.config(s3.uri(), "tester", TestSecrets.S3_SECRET_KEY),
          new Configuration(),
          Map.of());
  private Transfers transfers;

  @BeforeEach
  void start() {
    s3.createBucket("b");
    LocalStore full =
        new LocalStore(FailingChannel.after(100_000, new IOException("No space left on device")));
    StoreRegistry registry = new StoreRegistry(fileSystems, AnonymousAccess.NEVER, PART);
    Stores stores =
        new Stores() {
          @Override
          public Store of(Location location) throws IOException {
            return location.isLocal() ? full : registry.of(location);
          }

          @Override
          public StoresHandle ship(Collection<Location> locations) {
            return registry.ship(locations);
          }

          @Override
          public Map<String, Long> requests() {
            return registry.requests();
          }
        };
    transfers =
        new Transfers(
            stores,
            TransferLimits.defaults().withPartSizeBytes(PART),
            Map.of(),
            new ProgressListener() {},
            new Engines(null, engine -> {}));
  }

  @AfterEach
  void stop() {
    transfers.close();
    fileSystems.close();
    s3.close();
  }

  private void failsAndLeavesNothing(String key, int mostRequests) throws IOException {
    TransferException failure =
        catchThrowableOfType(
            TransferException.class,
            () ->
                transfers.get(
                    Location.parse("s3://b/" + key),
                    temp.resolve("out/f"),
                    BlobDimensionality.SINGLE));
    assertThat(failure.kind()).as(failure.toString()).isEqualTo(FailureKind.LOCAL_IO);
    assertThat(failure.getMessage()).contains("no space left", "Free some space");
    assertThat(s3.count(RequestKind.GET_OBJECT)).isLessThanOrEqualTo(mostRequests);
    try (Stream<Path> left = Files.walk(temp.resolve("out"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void oneStream() throws Exception {
    s3.putDirectly("b", "f", new byte[PART]);
    failsAndLeavesNothing("f", 1);
  }

  @Test
  void manyRanges() throws Exception {
    s3.putDirectly("b", "f", new byte[20 * PART]);
    failsAndLeavesNothing("f", 20);
  }
}
