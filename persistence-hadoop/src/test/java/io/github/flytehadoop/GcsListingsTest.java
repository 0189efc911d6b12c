/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.GcsServer;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.transfer.BlobDimensionality;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects of GCS that the connector would leave out, or take for others. */
@Timeout(120)
@RequireStores("gcs")
class GcsListingsTest {
  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({
    "d%2Fthree%2F, like a directory marker",
    "d%2Fx%2F%2Fthree, empty segment",
    "d%2F.%2Fthree, the segment .",
  })
  @Rule({"B11", "B12", "B14"})
  void aKeyThatNoPathNamesIsNamedAndNothingMoves(String key, String why) throws Exception {
    GcsServer server = GcsServer.shared();
    String bucket = server.newBucket();
    server.putDirectly(bucket, "d%2Fone", "1");
    server.putDirectly(bucket, key, "3");
    try (FileAccessProvider provider =
        FileAccessProvider.builder()
            .localSandboxDir(temp.resolve("sandbox"))
            .rawOutputPrefix("gs://" + bucket + "/raw")
            .dataConfig(server.dataConfig())
            .build()) {
      TransferException failure =
          catchThrowableOfType(
              TransferException.class,
              () ->
                  provider.getData(
                      "gs://" + bucket + "/d", temp.resolve("out"), BlobDimensionality.MULTIPART));
      assertThat(failure).isNotNull();
      assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED);
      assertThat(failure).hasMessageContaining(why);
      assertThat(temp.resolve("out")).doesNotExist();
    }
  }
}
