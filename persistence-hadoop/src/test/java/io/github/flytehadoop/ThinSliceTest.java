/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.TransferReport;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file and one directory through every room. */
class ThinSliceTest {
  @TempDir Path temp;

  @Test
  void localRoundTrip() throws Exception {
    try (FileAccessProvider provider = FileAccessProvider.localDefault()) {
      roundTrip(provider);
    }
  }

  @Test
  void hdfsRoundTrip() throws Exception {
    MiniHdfs hdfs = MiniHdfs.shared();
    try (FileAccessProvider provider =
        FileAccessProvider.builder()
            .localSandboxDir(temp.resolve("sandbox"))
            .rawOutputPrefix(hdfs.newDirectory().toString())
            .hadoopConfiguration(hdfs.configuration())
            .dataConfig(DataConfig.defaults())
            .build()) {
      roundTrip(provider);
    }
  }

  @Test
  void s3RoundTrip() throws Exception {
    try (S3Endpoint s3 = S3Endpoint.start()) {
      s3.createBucket("bucket");
      DataConfig config =
          DataConfig.builder()
              .s3(
                  S3Config.builder()
                      .endpoint(s3.uri().toString())
                      .accessKeyId("key")
                      .secretAccessKey("secret")
                      .build())
              .build();
      try (FileAccessProvider provider =
          FileAccessProvider.builder()
              .localSandboxDir(temp.resolve("sandbox"))
              .rawOutputPrefix("s3://bucket/raw")
              .dataConfig(config)
              .build()) {
        roundTrip(provider);
      }
    }
  }

  private void roundTrip(FileAccessProvider provider) throws Exception {
    Path dir = Files.createDirectories(temp.resolve("in/a"));
    Files.writeString(dir.resolve("small.txt"), "hello");
    Files.write(dir.resolve("large.bin"), new byte[60 << 20]);
    Files.writeString(dir.resolve("odd name %41+#[.txt"), "odd");
    String uri = provider.rawOutputPrefix() + "dir";
    TransferReport put = provider.putData(temp.resolve("in"), uri, BlobDimensionality.MULTIPART);
    assertThat(put.uri()).isEqualTo(uri);
    TransferReport got = provider.getData(uri, temp.resolve("out"), BlobDimensionality.MULTIPART);
    assertThat(got.files()).isEqualTo(3);
    assertThat(temp.resolve("out/a/small.txt")).hasContent("hello");
    assertThat(Files.mismatch(dir.resolve("large.bin"), temp.resolve("out/a/large.bin")))
        .isEqualTo(-1);
    TransferReport one = provider.getData(uri + "/a/small.txt", temp.resolve("one/x.txt"));
    assertThat(temp.resolve("one/x.txt")).hasContent("hello");
  }
}
