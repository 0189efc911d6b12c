/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.S3Server;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.TransferReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counts of the client are the same against a real server. */
@RequireStores("s3")
@Rule({"FAP-PU-5", "FAP-GD-1", "W-25"})
class S3ProxyRequestCountTest {
  private static final int MEBIBYTE = 1 << 20;

  @TempDir Path temp;

  @Test
  void putAndGet() throws Exception {
    S3Server s3 = S3Server.shared();
    for (int i = 0; i < 20; i++) {
      Path file = temp.resolve("in/d" + i % 3 + "/" + i);
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[i]);
    }
    Path large = Files.write(temp.resolve("large"), new byte[100 * MEBIBYTE]);
    try (FileAccessProvider provider =
        Providers.on(s3, s3.newBucket(), temp.resolve("sandbox")).build()) {
      String root = provider.rawOutputPrefix();
      TransferReport put =
          provider.putData(temp.resolve("in"), root + "d", BlobDimensionality.MULTIPART);
      assertThat(put.requests()).isEqualTo(Map.of("PUT", 20L));
      TransferReport got =
          provider.getData(root + "d", temp.resolve("out"), BlobDimensionality.MULTIPART);
      assertThat(got.requests())
          .as("an empty file needs no GET")
          .isEqualTo(Map.of("LIST", 1L, "GET", 19L));
      assertThat(provider.putData(large, root + "large").requests())
          .isEqualTo(Map.of("POST", 2L, "PUT", 4L));
      assertThat(provider.getData(root + "large", temp.resolve("back")).requests())
          .isEqualTo(Map.of("HEAD", 1L, "GET", 4L));
      assertThat(Files.mismatch(large, temp.resolve("back"))).isEqualTo(-1);
    }
  }
}
