/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.testkit.Invariants;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The session token of S3 expires in the middle of a job, of whose files one is split. */
class ExpiringTokenTest {
  private static final int PART = 5 << 20;
  private static final int SMALL = 20;

  @TempDir Path temp;

  private final MiniHdfs hdfs = MiniHdfs.shared();
  private final S3Endpoint s3 = S3Endpoint.start();
  private final Map<String, byte[]> files = new HashMap<>();
  private String source;

  @BeforeEach
  void plant() throws IOException {
    s3.createBucket("bucket");
    source = hdfs.newDirectory();
    Random random = new Random(SMALL);
    files.put("large", new byte[3 * PART + 1]);
    for (int i = 0; i < SMALL; i++) {
      files.put("small-" + i, new byte[100 + i]);
    }
    try (FileSystem fileSystem = hdfs.newFileSystem()) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        random.nextBytes(file.getValue());
        var path = new org.apache.hadoop.fs.Path(source, file.getKey());
        try (var out = fileSystem.create(path, true, 1 << 16, (short) 1, 1 << 20)) {
          out.write(file.getValue());
        }
      }
    }
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  private TransferReport copy() throws IOException {
    Configuration cluster = hdfs.configuration();
    cluster.set("hadoop.tmp.dir", temp.resolve("hadoop").toString());
    DataConfig config =
        DataConfig.builder()
            .s3(
                S3Config.builder()
                    .endpoint(s3.uri().toString())
                    .accessKeyId(TestSecrets.S3_ACCESS_KEY)
                    .secretAccessKey(TestSecrets.S3_SECRET_KEY)
                    .sessionToken(TestSecrets.SESSION_TOKEN)
                    .build())
            .build();
    try (FileAccessProvider provider =
        FileAccessProvider.builder()
            .localSandboxDir(temp.resolve("sandbox"))
            .rawOutputPrefix(source + "-raw")
            .hadoopConfiguration(cluster)
            .dataConfig(config)
            .engine(new MapReduceEngine(cluster))
            .build()) {
      return provider.copy(
          source,
          "s3://bucket/to",
          CopyOptions.defaults()
              .withEngine(Engine.MAPREDUCE)
              .withShape(BlobDimensionality.MULTIPART)
              .withOnExisting(OnExisting.OVERWRITE)
              .withTasks(3)
              .withJobId("expiring")
              .withLimits(TransferLimits.defaults().withPartSizeBytes(PART)));
    }
  }

  @Test
  @Rule("F54")
  void theErrorNamesTheTokenAndAFreshOneDoesTheRest() throws Exception {
    s3.faults(
        FaultPlan.of(
            FaultRule.on(RequestKind.PUT_OBJECT)
                .key(key -> key.startsWith("to/small"))
                .from(6)
                .gives(Fault.status(400, "ExpiredToken")),
            FaultRule.on(RequestKind.UPLOAD_PART, RequestKind.COMPLETE_MULTIPART)
                .gives(Fault.status(400, "ExpiredToken"))));

    CopyException failure = catchThrowableOfType(CopyException.class, this::copy);

    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(FailureKind.NO_CREDENTIALS);
    assertThat(failure).hasMessageContaining("the session token has expired");
    StringWriter said = new StringWriter();
    failure.printStackTrace(new PrintWriter(said));
    assertThat(said.toString()).doesNotContain(TestSecrets.SESSION_TOKEN);
    assertThat(failure.report()).isNotNull();
    assertThat(failure.report().files()).isEqualTo(5);
    assertThat(s3.pendingUploads("bucket")).isEmpty();
    assertThat(s3.keys("bucket")).filteredOn(key -> key.startsWith("to/small")).hasSize(5);
    assertThat(s3.keys("bucket")).doesNotContain("to/large");

    s3.faults(FaultPlan.none());
    TransferReport rest = copy();

    Invariants.ofSending(files).in(s3, "bucket", "to/").afterSuccess(rest);
    assertThat(rest.skipped()).isEqualTo(5);
  }
}
