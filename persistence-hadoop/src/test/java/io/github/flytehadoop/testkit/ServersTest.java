/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

class ServersTest {
  private static final Map<String, Supplier<Optional<String>>> REASONS =
      Map.of("there", Optional::empty, "missing", () -> Optional.of("not installed"));

  @Test
  @RequireStores("s3")
  void theS3ServerKeepsObjectsAndBindsLoopbackOnly() throws IOException {
    S3Server server = S3Server.shared();
    String bucket = server.newBucket();
    server
        .client()
        .putObject(put -> put.bucket(bucket).key("a b"), RequestBody.fromString("hello"));
    assertThat(
            server.client().getObjectAsBytes(get -> get.bucket(bucket).key("a b")).asUtf8String())
        .isEqualTo("hello");
    assertThat(server.pendingUploads(bucket)).isEmpty();
    assertThat(InetAddress.getByName(server.uri().getHost()).isLoopbackAddress()).isTrue();
  }

  @Test
  @RequireStores("hdfs")
  void theHdfsClusterKeepsFiles() throws IOException {
    Path file = new Path(MiniHdfs.shared().newDirectory() + "/a b");
    try (FileSystem fileSystem = MiniHdfs.shared().newFileSystem()) {
      try (var out = fileSystem.create(file)) {
        out.write(new byte[1000]);
      }
      assertThat(fileSystem.getFileStatus(file).getLen()).isEqualTo(1000);
      assertThat(fileSystem.getFileChecksum(file).getAlgorithmName()).contains("COMPOSITE-CRC32C");
    }
  }

  @Test
  void aTestWithoutItsStoreIsSkippedWithTheReason() {
    var result =
        StoreAvailability.evaluate("t", new String[] {"there", "missing"}, "there", REASONS);
    assertThat(result.isDisabled()).isTrue();
    assertThat(result.getReason()).hasValue("t needs the store missing: not installed");
  }

  @Test
  void aTestWhoseStoreIsThereRuns() {
    var result = StoreAvailability.evaluate("t", new String[] {"there"}, "", REASONS);
    assertThat(result.isDisabled()).isFalse();
  }

  @Test
  void aRequiredStoreIsNeverSkipped() {
    assertThatThrownBy(
            () ->
                StoreAvailability.evaluate("t", new String[] {"missing"}, "hdfs, missing", REASONS))
        .hasMessageContaining("FLYTE_REQUIRE_STORES")
        .hasMessageContaining("not installed");
  }
}
