/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.testkit.S3Server;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Executors in JVMs of their own, which know nothing but what the driver sends. */
@Tag("cluster")
@Timeout(300)
class ProviderInTasksTest {
  private static SparkSession spark;
  private static Path eventLog;
  private static Path metrics;
  private static String bucket;

  @BeforeAll
  static void start() throws Exception {
    S3Server server = S3Server.shared();
    bucket = server.newBucket();
    eventLog = TestDirectories.create("events");
    metrics = TestDirectories.create("metrics");
    FlyteFile file = FlyteFile.of(server.uri(), server.accessKey(), server.secretKey());
    spark =
        SparkSessions.withPlugin(SparkSessions.cluster(), file)
            .config("spark.eventLog.enabled", "true")
            .config("spark.eventLog.compress", "false")
            .config("spark.eventLog.rolling.enabled", "false")
            .config("spark.eventLog.dir", eventLog.toUri().toString())
            .config("spark.metrics.conf.*.sink.csv.class", "org.apache.spark.metrics.sink.CsvSink")
            .config("spark.metrics.conf.*.sink.csv.directory", metrics.toString())
            .config("spark.metrics.conf.*.sink.csv.period", "1")
            .config("spark.logConf", "true")
            .getOrCreate();
  }

  @AfterAll
  static void stop() throws Exception {
    spark.stop();
  }

  @Test
  void sparksReadersAndWritersWorkOnExecutors() {
    writeAndRead("s3://" + bucket + "/table");
  }

  private static void writeAndRead(String uri) {
    spark.range(0, 1000, 1, 4).selectExpr("id", "id % 7 as day").write().parquet(uri);
    spark
        .range(0, 700, 1, 4)
        .selectExpr("id", "id % 7 as day")
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(uri);
    List<Row> sums = spark.read().parquet(uri).groupBy("day").count().collectAsList();
    assertThat(sums).hasSize(7).allMatch(row -> row.getLong(1) == 100);
    assertThat(S3Server.shared().pendingUploads(bucket)).isEmpty();
  }

  @Test
  void aCapturedProviderWorksInTasksAndIsOneForEachJvm() throws Exception {
    FileAccessProvider provider = FlyteSpark.provider(spark, "s3://" + bucket + "/raw");
    String input = provider.putRawData(RawData.text("from the driver")).uri();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<String> results =
        context
            .parallelize(IntStream.range(0, 8).boxed().toList(), 8)
            .map(
                number -> {
                  String text;
                  try (InputStream in = provider.openRead(input)) {
                    text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                  }
                  Path copy = provider.localSandboxDir().resolve("copy-" + number);
                  provider.getData(input, copy);
                  String uri = provider.putRawData(RawData.path(copy)).uri();
                  return ProcessHandle.current().pid()
                      + " "
                      + System.identityHashCode(provider)
                      + " "
                      + uri
                      + " "
                      + text;
                })
            .collect();
    assertThat(results).hasSize(8).allMatch(line -> line.endsWith(" from the driver"));
    long jvms = results.stream().map(line -> line.split(" ")[0]).distinct().count();
    long providers =
        results.stream().map(line -> line.split(" ")[0] + line.split(" ")[1]).distinct().count();
    assertThat(providers).isEqualTo(jvms);
    assertThat(results).noneMatch(line -> line.startsWith(ProcessHandle.current().pid() + " "));
    for (String line : results) {
      assertThat(provider.stat(line.split(" ")[2]).length()).isEqualTo(15);
    }
    assertThat(FlyteSpark.provider(spark, "s3://" + bucket + "/raw")).isSameAs(provider);
  }

  @Test
  void executorsCopyADirectory() throws Exception {
    FileAccessProvider provider = FlyteSpark.provider(spark, "s3://" + bucket + "/raw");
    Path tree = TestDirectories.create("copied");
    for (int i = 0; i < 30; i++) {
      Files.writeString(tree.resolve("file " + i), "content " + i);
    }
    String source = provider.uploadDirectory(tree, "s3://" + bucket + "/source").uri();
    TransferReport report =
        provider.copy(
            source,
            "s3://" + bucket + "/target",
            CopyOptions.defaults().withEngine(Engine.SPARK).withTasks(4));
    assertThat(report.engine()).isEqualTo(Engine.SPARK);
    assertThat(report.files()).isEqualTo(30);
    Path back = TestDirectories.create("back").resolve("tree");
    provider.downloadDirectory(report.uri(), back);
    assertThat(back.resolve("file 29")).hasContent("content 29");
    assertThat(back).isDirectoryContaining(file -> file.endsWith("file 0"));
  }

  @Test
  void executorsHaveTheSettingsOfTheDriver() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<String> endpoints =
        context
            .parallelize(List.of(1, 2, 3, 4), 4)
            .map(number -> SparkHadoopUtil.get().conf().get("fs.s3a.endpoint"))
            .collect();
    assertThat(endpoints).containsOnly(S3Server.shared().uri().toString());
  }

  @Test
  void noSecretIsShownAnywhere() throws Exception {
    writeAndRead("s3://" + bucket + "/watched");
    String wrong = "s3://" + bucket + "/absent";
    assertThatThrownBy(() -> spark.read().parquet(wrong).count())
        .satisfies(failure -> assertThat(text(failure)).doesNotContain(secrets()));
    String ui = spark.sparkContext().uiWebUrl().get();
    HttpClient client = HttpClient.newHttpClient();
    String api = ui + "/api/v1/applications/" + spark.sparkContext().applicationId();
    for (String page :
        List.of(
            ui + "/environment/",
            ui + "/jobs/",
            ui + "/stages/",
            ui + "/executors/",
            ui + "/SQL/",
            ui + "/SQL/execution/?id=0",
            ui + "/metrics/json/",
            ui + "/metrics/executors/prometheus/",
            api + "/environment",
            api + "/executors",
            api + "/sql?details=true")) {
      String body =
          client
              .send(HttpRequest.newBuilder(URI.create(page)).build(), BodyHandlers.ofString())
              .body();
      assertThat(body).as(page).isNotEmpty().doesNotContain(secrets());
    }
    assertThat(
            client
                .send(
                    HttpRequest.newBuilder(URI.create(ui + "/metrics/json/")).build(),
                    BodyHandlers.ofString())
                .body())
        .contains("FlyteSparkPlugin.requests")
        .contains("FlyteSparkPlugin.retries")
        .contains("FlyteSparkPlugin.bytesRead")
        .contains("FlyteSparkPlugin.files")
        .contains("FlyteSparkPlugin.seconds");
    assertThat(Files.list(eventLog)).isNotEmpty();
    assertThat(everyLineBelow(eventLog)).isNotEmpty().doesNotContain(secrets());
    assertThat(everyLineBelow(metrics)).contains("value").doesNotContain(secrets());
    assertThat(everyLineBelow(Path.of(System.getenv("SPARK_HOME"), "work")))
        .doesNotContain(secrets());
  }

  private static String[] secrets() {
    return Stream.concat(TestSecrets.all().stream(), Stream.of(S3Server.shared().secretKey()))
        .toArray(String[]::new);
  }

  private static String text(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      text.append(each).append('\n');
    }
    return text.toString();
  }

  private static String everyLineBelow(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return "";
    }
    StringBuilder lines = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        lines.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return lines.toString();
  }

  @Test
  void aProviderOfOnesOwnDoesNotTravel() throws Exception {
    try (FileAccessProvider provider = FileAccessProvider.localDefault();
        ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      assertThatThrownBy(() -> out.writeObject(provider))
          .isInstanceOf(NotSerializableException.class)
          .hasMessageContaining("FlyteSpark.provider");
    }
  }
}
