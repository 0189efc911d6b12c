/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.ProjectRoot;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.S3Server;
import io.github.flytehadoop.testkit.ShortLivedJvm;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.ObjectStatus;
import io.github.flytehadoop.transfer.PendingOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JVM examples of the documentation, compiled and run as they are, from store to store. */
@RequireStores({"hdfs", "s3"})
@Timeout(300)
@Tag("slow")
class ExamplesTest {
  private static final Path EXAMPLES = ProjectRoot.resolve("docs/examples");
  private static final int PATIENCE_SECONDS = 200;

  private final S3Server server = S3Server.shared();
  private FileAccessProvider stores;
  private String s3;
  private String hdfs;

  @BeforeEach
  void openStores() throws IOException {
    s3 = "s3://" + server.newBucket();
    hdfs = MiniHdfs.shared().newDirectory();
    S3Config config =
        S3Config.builder()
            .endpoint(server.uri().toString())
            .accessKeyId(server.accessKey())
            .secretAccessKey(server.secretKey())
            .build();
    stores =
        FileAccessProvider.builder()
            .localSandboxDir(TestDirectories.create("sandbox"))
            .rawOutputPrefix(s3 + "/raw")
            .dataConfig(DataConfig.builder().s3(config).build())
            .build();
    for (String store : List.of(s3, hdfs)) {
      write(store + "/orders/1.csv", "country,amount\nfr,1\nde,2\n");
      write(store + "/orders/2.csv", "country,amount\nfr,30\nit,400\n");
    }
  }

  @AfterEach
  void closeStores() {
    stores.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theSparkTask(boolean fromS3) throws Exception {
    String orders = (fromS3 ? s3 : hdfs) + "/orders";
    String archive = (fromS3 ? hdfs : s3) + "/archive";
    String raw = (fromS3 ? s3 : hdfs) + "/raw";
    List<String> options =
        List.of(
            "-Dspark.plugins=" + FlyteSparkPlugin.class.getName(),
            "-Dspark.master=local[2]",
            "-Dspark.ui.enabled=false",
            "-Dspark.driver.host=127.0.0.1",
            "-Dspark.local.dir=" + TestDirectories.create("spark"));

    String note = run("JvmSparkTask", options, orders, archive, raw).strip();

    assertThat(note).startsWith(raw + "/");
    String totals = read(note).replace("totals are in ", "");
    assertThat(totals).startsWith(raw + "/");
    assertThat(contentOf(totals))
        .isEqualTo(
            """
            {"country":"de","sum(amount)":2}
            {"country":"fr","sum(amount)":31}
            {"country":"it","sum(amount)":400}
            """);
    assertThat(names(archive)).isNotEmpty().allMatch(name -> name.matches("part-.*[.]parquet"));
    assertThat(server.pendingUploads(bucket())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theMapReduceJob(boolean fromS3) throws Exception {
    String totals = (fromS3 ? hdfs : s3) + "/totals";

    run("MapReduceJob", List.of(), (fromS3 ? s3 : hdfs) + "/orders", totals);

    assertThat(contentOf(totals)).isEqualTo("de\t2\nfr\t31\nit\t400\n");
    assertThat(names(totals)).containsExactly("part-r-00000");
    assertThat(server.pendingUploads(bucket())).isEmpty();
  }

  @Test
  void everyExampleFitsOnAScreenOrTwo() throws IOException {
    try (Stream<Path> examples = Files.list(EXAMPLES)) {
      assertThat(examples.filter(file -> file.toString().matches(".*[.](java|py)")))
          .hasSize(11)
          .allSatisfy(file -> assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(60));
    }
  }

  private String bucket() {
    return s3.substring("s3://".length());
  }

  private void write(String uri, String text) throws IOException {
    try (PendingOutput out = stores.openWrite(uri)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.commit();
    }
  }

  private String read(String uri) throws IOException {
    try (var in = stores.openRead(uri)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private List<String> names(String directory) throws IOException {
    try (Stream<ObjectStatus> files = stores.list(directory, Depth.TREE)) {
      return files.map(file -> file.uri().substring(directory.length() + 1)).toList();
    }
  }

  private String contentOf(String directory) throws IOException {
    StringBuilder content = new StringBuilder();
    for (String name : names(directory)) {
      content.append(read(directory + "/" + name));
    }
    return content.toString();
  }

  /** Compiles an example and runs it in a JVM of its own, with the variables that Flyte sets. */
  private String run(String example, List<String> options, String... arguments) throws Exception {
    Path classes = TestDirectories.create("example");
    String classPath = classes + ":" + System.getProperty("java.class.path");
    String[] compiler = {
      "-Xlint:all",
      "-Werror",
      "-proc:none",
      "-d",
      classes.toString(),
      "-cp",
      classPath,
      EXAMPLES.resolve(example + ".java").toString()
    };
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, compiler)).isZero();
    // what HADOOP_CONF_DIR is on a cluster; without it Hadoop's scratch files go to /tmp
    Files.writeString(
        classes.resolve("core-site.xml"),
        "<configuration><property><name>hadoop.tmp.dir</name><value>%s</value></property></configuration>"
            .formatted(TestDirectories.create("hadoop")));
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(ShortLivedJvm.OPTIONS);
    command.add("-Xmx700m");
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, example));
    command.addAll(List.of(arguments));
    Path out = classes.resolve("stdout");
    Path err = classes.resolve("stderr");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(classes.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "FLYTE_AWS_ENDPOINT", server.uri().toString(),
                "FLYTE_AWS_ACCESS_KEY_ID", server.accessKey(),
                "FLYTE_AWS_SECRET_ACCESS_KEY", server.secretKey()));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(example).isTrue();
      assertThat(process.exitValue()).as(Files.readString(err)).isZero();
      return Files.readString(out);
    } finally {
      process.destroyForcibly();
    }
  }
}
