/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.flytehadoop.config.AzureBlobStorageConfig;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.hadoop.Access;
import io.github.flytehadoop.hadoop.FileSystemOptions;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.SecretSearch;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.RawDataOptions;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.core.LoggerContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No text that the library makes holds a secret: values, reports, failures, logs at DEBUG. */
@Rule({"B08", "B69", "B70"})
class NoSecretsTest {
  private static final String LOGGING =
      """
      status = warn
      appender.file.type = File
      appender.file.name = file
      appender.file.fileName = %s
      appender.file.layout.type = PatternLayout
      appender.file.layout.pattern = %%level %%logger %%msg %%ex%%n
      rootLogger.level = info
      logger.ours.name = io.github.flytehadoop
      logger.ours.level = debug
      logger.hadoop.name = org.apache.hadoop.fs
      logger.hadoop.level = debug
      rootLogger.appenderRef.file.ref = file
      """;

  @TempDir Path temp;
  private final S3Endpoint s3 = S3Endpoint.start();
  private final LoggerContext logging = LoggerContext.getContext(false);
  private final URI before = logging.getConfigLocation();

  @BeforeEach
  void start() throws Exception {
    Path log = temp.resolve("log").toAbsolutePath();
    Path configuration =
        Files.writeString(temp.resolve("log4j2.properties"), String.format(LOGGING, log));
    logging.setConfigLocation(configuration.toUri());
    s3.createBucket("b");
  }

  @AfterEach
  void stop() {
    logging.setConfigLocation(before);
    s3.close();
  }

  private void assertLogIsClean() throws Exception {
    String logged = Files.readString(temp.resolve("log"));
    assertThat(logged).contains("DEBUG org.apache.hadoop.fs.s3a");
    assertClean("log", logged);
  }

  private static void assertClean(String what, Object text) {
    assertThat(SecretSearch.ofTests().in(String.valueOf(text))).as(what).isEmpty();
  }

  private DataConfig config() {
    return DataConfig.builder()
        .s3(
            S3Config.builder()
                .endpoint(s3.uri().toString())
                .accessKeyId(TestSecrets.S3_ACCESS_KEY)
                .secretAccessKey(TestSecrets.S3_SECRET_KEY)
                .sessionToken(TestSecrets.SESSION_TOKEN)
                .build())
        .azure(
            AzureBlobStorageConfig.builder()
                .accountName("account")
                .accountKey(TestSecrets.AZURE_ACCOUNT_KEY)
                .clientSecret(TestSecrets.AZURE_CLIENT_SECRET)
                .build())
        .build();
  }

  private FileAccessProvider provider() throws Exception {
    return FileAccessProvider.builder()
        .localSandboxDir(temp.resolve("sandbox"))
        .rawOutputPrefix("s3://b/raw")
        .dataConfig(config())
        .build();
  }

  @Test
  void valuesDoNotShowThem() throws Exception {
    DataConfig config = config();
    for (Object value :
        new Object[] {config, config.s3(), config.azure(), config.toBuilder(), config.gcs()}) {
      assertClean(value.getClass().getSimpleName(), value);
    }
    FileSystemOptions options =
        new FileSystemOptions(
            Access.CREDENTIALS, Map.of("fs.s3a.secret.key", TestSecrets.S3_SECRET_KEY));
    assertClean("options", options);
    try (FileAccessProvider provider = provider()) {
      assertClean("provider", provider);
      assertClean("configuration", provider.hadoopConfiguration());
      assertClean("file system", provider.rawOutputFileSystem());
      assertClean("another file system", provider.getFileSystem("s3", options));
    }
  }

  @Test
  void reportsAndLogsDoNotShowThem() throws Exception {
    try (FileAccessProvider provider = provider()) {
      TransferReport report =
          provider.putRawData(
              RawData.text("x"), RawDataOptions.defaults().withUploadPrefix("p").withFileName("f"));
      provider.getData("s3://b/raw/p/f", temp.resolve("f"));
      assertThat(provider.rawOutputFileSystem().exists(new org.apache.hadoop.fs.Path("s3://b/x")))
          .as("S3A logs too")
          .isFalse();
      assertClean("report", report);
      assertClean("JSON", report.toJson());
    }
    assertLogIsClean();
  }

  private static void assertFailureIsClean(ThrowingCallable call) {
    Throwable failure = catchThrowable(call);
    assertThat(failure).isNotNull();
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    assertClean("stack trace", trace);
  }

  @Test
  void failuresDoNotShowThem() throws Exception {
    for (String code : List.of("SignatureDoesNotMatch", "InvalidAccessKeyId", "ExpiredToken")) {
      s3.faults(FaultPlan.of(FaultRule.on().gives(Fault.status(403, code))));
      try (FileAccessProvider provider = provider()) {
        assertFailureIsClean(() -> provider.putRawData(RawData.text("x")));
        assertFailureIsClean(() -> provider.getData("s3://b/raw/x", temp.resolve("x")));
        assertFailureIsClean(
            () ->
                provider
                    .rawOutputFileSystem()
                    .getFileStatus(new org.apache.hadoop.fs.Path("s3://b/raw/x")));
        assertFailureIsClean(
            () ->
                provider.exists(
                    "s3://"
                        + TestSecrets.S3_ACCESS_KEY
                        + ":"
                        + TestSecrets.SESSION_TOKEN
                        + "@b/k"));
      }
    }
    assertLogIsClean();
  }
}
