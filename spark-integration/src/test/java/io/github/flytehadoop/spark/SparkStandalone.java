/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.testkit.ServerProcess;
import io.github.flytehadoop.testkit.ShortLivedJvm;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * A standalone Spark cluster of the loopback interface: Master and Workers are processes, and so
 * are the executors that Workers start. It is run from the test class path; no distribution of
 * Spark is needed.
 */
public final class SparkStandalone implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String HOST = "127.0.0.1";
  private static final Pattern ALIVE = Pattern.compile("\"aliveworkers\"\\s*:\\s*(\\d+)");

  private final Path home;
  private final Path java;
  private final int port;
  private final int webPort;
  private final List<ServerProcess> processes = new ArrayList<>();

  private SparkStandalone(Path home, Path java) {
    this.home = home;
    this.java = java;
    this.port = ServerProcess.freePort();
    this.webPort = ServerProcess.freePort();
  }

  /** Workers of one core each, whose executors have the class path of the tests. */
  public static SparkStandalone start(int workers) throws IOException {
    Path home = TestDirectories.create("spark-home");
    Files.createDirectories(home.resolve("jars"));
    return start(home, workers, 1);
  }

  /**
   * Workers whose executors have what is in {@code jars} of a Spark home on their class path, and
   * what the application adds.
   */
  public static SparkStandalone start(Path home, int workers, int coresEach) throws IOException {
    return start(home, Path.of(System.getProperty("java.home")), workers, coresEach);
  }

  /** The same, where all processes run on a Java of their own. */
  public static SparkStandalone start(Path home, Path java, int workers, int coresEach)
      throws IOException {
    SparkStandalone cluster = new SparkStandalone(home.toAbsolutePath(), java);
    try {
      cluster.startMaster();
      for (int worker = 0; worker < workers; worker++) {
        // two names of one interface: Spark runs no two attempts of a task on a host
        cluster.startWorker(worker % 2 == 0 ? HOST : "localhost", coresEach);
      }
      cluster.awaitWorkers(workers);
      return cluster;
    } catch (IOException | RuntimeException failure) {
      cluster.close();
      throw failure;
    }
  }

  /** {@code spark://127.0.0.1:port}. */
  public String master() {
    return "spark://127.0.0.1:" + port;
  }

  /** The Spark home of its processes; executors log below {@code work}. */
  public Path home() {
    return home;
  }

  /** Where the Master shows itself. */
  public URI webPages() {
    return URI.create("http://127.0.0.1:" + webPort + "/");
  }

  /** Sessions whose executors have the class path of the tests. */
  public SparkSession.Builder session() {
    return SparkSessions.common(master())
        .config("spark.executor.memory", "512m")
        .config("spark.executor.extraJavaOptions", ShortLivedJvm.TEXT)
        .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .config("spark.ui.enabled", "false");
  }

  private void startMaster() throws IOException {
    processes.add(
        ServerProcess.start(
            "spark-master",
            port,
            command(
                "org.apache.spark.deploy.master.Master",
                HOST,
                "--port",
                Integer.toString(port),
                "--webui-port",
                Integer.toString(webPort)),
            environment()));
  }

  private void startWorker(String host, int cores) throws IOException {
    int workerPort = ServerProcess.freePort();
    processes.add(
        ServerProcess.start(
            "spark-worker",
            workerPort,
            command(
                "org.apache.spark.deploy.worker.Worker",
                host,
                "--port",
                Integer.toString(workerPort),
                "--webui-port",
                "0",
                "--cores",
                Integer.toString(cores),
                "--memory",
                "2g",
                "--work-dir",
                Files.createDirectories(home.resolve("work")).toString(),
                master()),
            environment()));
  }

  private List<String> command(String main, String host, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(java.resolve("bin/java").toString());
    command.add("-Xmx256m");
    command.addAll(ShortLivedJvm.OPTIONS);
    // an executor that cannot start would be started again for ever
    command.add("-Dspark.deploy.maxExecutorRetries=3");
    command.add("-Dspark.master.rest.enabled=false");
    command.add("-cp");
    command.add(classPath());
    command.add(main);
    command.add("--host");
    command.add(host);
    command.addAll(List.of(arguments));
    return command;
  }

  /** That of the tests, unless the home has jars of its own. */
  private String classPath() throws IOException {
    Path jars = home.resolve("jars");
    try (Stream<Path> files = Files.list(jars)) {
      return files.findAny().isPresent() ? jars + "/*" : System.getProperty("java.class.path");
    }
  }

  private Map<String, String> environment() {
    return Map.of(
        "SPARK_LOCAL_IP",
        "127.0.0.1",
        "SPARK_HOME",
        home.toString(),
        "SPARK_SCALA_VERSION",
        "2.13",
        "JAVA_HOME",
        java.toString());
  }

  private void awaitWorkers(int workers) throws IOException {
    HttpRequest page =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webPort + "/json/")).build();
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (System.nanoTime() < end) {
        String body = HttpClient.newHttpClient().send(page, BodyHandlers.ofString()).body();
        Matcher alive = ALIVE.matcher(body);
        if (alive.find() && Integer.parseInt(alive.group(1)) >= workers) {
          return;
        }
        Thread.sleep(100);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    throw new IOException(
        "Not all Workers of " + master() + " are there: see " + processes.get(1).log());
  }

  /** Stops Workers before the Master; with a Worker its executors end. */
  @Override
  public void close() {
    for (int i = processes.size() - 1; i >= 0; i--) {
      processes.get(i).close();
    }
  }
}
