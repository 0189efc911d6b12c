/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Builders of providers on the stores of the test bench. */
public final class Providers {
  private Providers() {}

  /** On a bucket of the endpoint, as its identity {@code tester}. */
  public static FileAccessProvider.Builder on(S3Endpoint s3, String bucket, Path sandbox) {
    return on(s3.uri(), bucket, sandbox)
        .dataConfig(config(s3.uri(), "tester", TestSecrets.S3_SECRET_KEY));
  }

  /** On a new bucket of the real server. */
  public static FileAccessProvider.Builder on(S3Server s3, String bucket, Path sandbox) {
    return on(s3.uri(), bucket, sandbox)
        .dataConfig(config(s3.uri(), s3.accessKey(), s3.secretKey()));
  }

  private static FileAccessProvider.Builder on(URI endpoint, String bucket, Path sandbox) {
    return FileAccessProvider.builder()
        .localSandboxDir(sandbox)
        .rawOutputPrefix("s3://" + bucket + "/raw");
  }

  /** On a directory of HDFS. */
  public static FileAccessProvider.Builder on(MiniHdfs hdfs, String directory, Path sandbox) {
    return FileAccessProvider.builder()
        .localSandboxDir(sandbox)
        .rawOutputPrefix(directory)
        .dataConfig(DataConfig.defaults())
        .hadoopConfiguration(hdfs.configuration());
  }

  /** On a directory of the local disk. */
  public static FileAccessProvider.Builder onDisk(Path directory, Path sandbox) {
    return FileAccessProvider.builder()
        .localSandboxDir(sandbox)
        .rawOutputPrefix(directory.toString())
        .dataConfig(DataConfig.defaults());
  }

  /** Static credentials, and retries that wait for next to nothing. */
  public static DataConfig config(URI endpoint, String accessKey, String secretKey) {
    return DataConfig.builder()
        .s3(
            S3Config.builder()
                .endpoint(endpoint.toString())
                .accessKeyId(accessKey)
                .secretAccessKey(secretKey)
                .backoff(Duration.ofMillis(10))
                .build())
        .build();
  }
}
