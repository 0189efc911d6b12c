/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.S3Server;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.TransferReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that somebody else wrote copies by itself too, at once and in parts. */
@RequireStores("s3")
class S3ProxyServerSideCopyTest {
  @TempDir Path temp;

  @Test
  void smallAndLargeFilesAreCopiedByTheServer() throws Exception {
    S3Server server = S3Server.shared();
    String from = server.newBucket();
    String to = server.newBucket();
    Path tree = Files.createDirectories(temp.resolve("tree/a"));
    byte[] large = new byte[(11 << 20) + 1];
    new Random(1).nextBytes(large);
    Files.write(tree.resolve("large +%41"), large);
    Files.writeString(tree.resolve("small"), "small");
    Configuration settings = new Configuration();
    settings.set("flyte.s3.copy.limit.bytes", "6000000");
    settings.set("flyte.s3.copy.part.bytes", "5242880");
    try (FileAccessProvider provider =
        Providers.on(server, from, temp.resolve("sandbox")).hadoopConfiguration(settings).build()) {
      provider.uploadDirectory(temp.resolve("tree"), "s3://" + from + "/tree");
      TransferReport report =
          provider.copy("s3://" + from + "/tree", "s3://" + to + "/copy", CopyOptions.defaults());
      provider.downloadDirectory("s3://" + to + "/copy", temp.resolve("out"));
      assertThat(report.files()).isEqualTo(2);
      assertThat(report.requests()).containsEntry("COPY", 4L).doesNotContainKeys("GET", "PUT");
    }
    assertThat(temp.resolve("out/a/large +%41")).hasBinaryContent(large);
    assertThat(temp.resolve("out/a/small")).hasContent("small");
    assertThat(server.pendingUploads(to)).isEmpty();
  }
}
