/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.spark.FlyteSparkPlugin;
import io.github.flytehadoop.spark.SparkStandalone;
import io.github.flytehadoop.testkit.SecretSearch;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * {@code spark-submit --packages} with this build's artifacts and an empty cache, on a standalone
 * cluster of two executors that has Spark's own jars alone. Nothing is set but the plugin, and the
 * environment of the driver.
 */
@Tag("packaged")
@Timeout(600)
class PackagesTest {
  /** The native libraries of aws-crt alone are 24 million, Azure's client with Reactor is 4.4. */
  private static final long MOST_BYTES = 90_000_000;

  private final Path ivy;
  private final Path events;
  private final Path metrics;

  PackagesTest() throws IOException {
    ivy = TestDirectories.create("ivy");
    events = TestDirectories.create("events");
    metrics = TestDirectories.create("metrics");
  }

  @Test
  void everyStoreWorksAndNoSecretIsShown() throws Exception {
    SparkHome home = SparkHome.create("4.2");
    SmokeStores stores = SmokeStores.all(home);
    try (SparkStandalone cluster = SparkStandalone.start(home.directory(), 2, 1);
        SparkSubmit submit =
            SparkSubmit.start(
                home, stores.environment(), Cluster.smoke(home, cluster, stores, options()))) {
      URI ui = URI.create(submit.await("UI ").strip() + "/");
      Map<URI, String> pages = pages(ui, cluster.webPages());
      int exit = submit.end();

      Cluster.everyCheckHeld(submit, stores);
      assertThat(exit).isZero();
      SecretSearch secrets = SecretSearch.ofTests();
      System.out.println(pages.size() + " web pages were read");
      assertThat(pages.keySet())
          .extracting(page -> page.getPath())
          .contains(
              "/environment/", "/executors/", "/SQL/execution/", "/stages/stage/", "/logPage/")
          .anyMatch(path -> path.endsWith("/allexecutors"));
      assertThat(pages.values()).filteredOn(String::isEmpty).isEmpty();
      pages.forEach((page, text) -> assertThat(secrets.in(text)).as("%s", page).isEmpty());
      assertThat(secrets.in(submit.out() + submit.err())).isEmpty();
      for (Path written : List.of(events, metrics, home.directory().resolve("work"))) {
        assertThat(written).isNotEmptyDirectory();
        assertThat(secrets.below(written)).isEmpty();
      }
    }
    onlyWhatSparkLacksWasPulled();
    executorsMetricsReachedTheSink();
  }

  private List<String> options() throws IOException {
    List<String> options =
        new ArrayList<>(List.of("--packages", BuiltArtifacts.SCALA_2_13.coordinates()));
    options.addAll(Offline.repositories(ivy));
    options.addAll(
        List.of(
            "--conf", "spark.eventLog.enabled=true",
            "--conf", "spark.eventLog.compress=false",
            "--conf", "spark.eventLog.dir=" + events.toUri(),
            "--conf", "spark.logConf=true",
            "--conf", "spark.metrics.conf.*.sink.csv.class=org.apache.spark.metrics.sink.CsvSink",
            "--conf", "spark.metrics.conf.*.sink.csv.directory=" + metrics,
            "--conf", "spark.metrics.conf.*.sink.csv.period=1"));
    return options;
  }

  private static Map<URI, String> pages(URI ui, URI master)
      throws IOException, InterruptedException {
    URI applications = ui.resolve("api/v1/applications");
    String known = WebPages.from(List.of(applications)).get(applications);
    String id = known.replaceFirst("(?s).*\"id\" : \"([^\"]+)\".*", "$1");
    List<URI> first = new ArrayList<>(List.of(master, ui, applications));
    // scripts make the links to queries
    for (String page :
        List.of("metrics/json/", "metrics/executors/prometheus/", "SQL/execution/?id=0")) {
      first.add(ui.resolve(page));
    }
    for (String page :
        List.of("environment", "allexecutors", "jobs", "stages", "sql?details=true")) {
      first.add(ui.resolve("api/v1/applications/" + id + "/" + page));
    }
    return WebPages.from(first);
  }

  private void onlyWhatSparkLacksWasPulled() throws IOException {
    Map<String, Long> jars = new TreeMap<>();
    try (Stream<Path> all = Files.list(ivy.resolve("jars"))) {
      for (Path jar : all.toList()) {
        jars.put(jar.getFileName().toString(), Files.size(jar));
      }
    }
    long bytes = jars.values().stream().mapToLong(Long::longValue).sum();
    System.out.println("--packages pulls " + jars.size() + " jars, " + bytes + " bytes");
    Set<String> names = jars.keySet();
    assertThat(names)
        .contains(
            "org.apache.hadoop_hadoop-aws-3.5.0.jar",
            "org.apache.hadoop_hadoop-azure-3.5.0.jar",
            "com.google.cloud.bigdataoss_gcs-connector-4.0.4-shaded.jar",
            "software.amazon.awssdk_s3-2.59.1.jar")
        .noneMatch(
            name ->
                name.matches(
                    "(org.apache.spark|org.scala-lang|io.netty|com.fasterxml|org.slf4j|commons-).*"
                        + "|.*hadoop-client.*|.*_bundle-.*"));
    assertThat(bytes).isLessThan(MOST_BYTES);
  }

  private void executorsMetricsReachedTheSink() throws IOException {
    for (String meter : List.of("bytesRead", "bytesWritten", "files", "requests", "seconds")) {
      for (String executor : List.of("0", "1")) {
        assertThat(Double.parseDouble(last(executor, meter)))
            .as("%s of executor %s", meter, executor)
            .isPositive();
      }
    }
    assertThat(last("driver", "requests")).isNotEqualTo("0");
    // how many exactly is for SparkMetricsTest: this server may close an idle connection at any
    // time
    assertThat(Double.parseDouble(last("driver", "retries")))
        .isNotNegative()
        .isLessThan(Double.parseDouble(last("driver", "requests")));
  }

  private String last(String executor, String meter) throws IOException {
    String end =
        "." + executor + ".plugin." + FlyteSparkPlugin.class.getName() + "." + meter + ".csv";
    try (Stream<Path> files = Files.list(metrics)) {
      Path file =
          files
              .filter(each -> each.getFileName().toString().endsWith(end))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no " + end + " below " + metrics));
      List<String> lines = Files.readAllLines(file);
      return lines.get(lines.size() - 1).split(",")[1];
    }
  }
}
