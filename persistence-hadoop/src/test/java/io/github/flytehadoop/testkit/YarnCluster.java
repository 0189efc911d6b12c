/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * A real YARN with two nodes, beside a real HDFS, in a JVM of its own with Hadoop's unshaded jars;
 * mappers run in containers, which are JVMs, too. One for all tests of a JVM, started by the first
 * that asks; it ends with that JVM, however that ends.
 *
 * <p>Nothing listens elsewhere than on the loopback interface but MapReduce's own servers for
 * shuffles and for the clients and tasks of a job: Hadoop has no key for their address.
 */
public final class YarnCluster {
  /** The file that holds its class path. */
  public static final String CLASS_PATH_PROPERTY = "flyte.yarn.classpath";

  private static final int NODES = 2;
  private static final Set<String> OUTPUTS = Set.of("stderr", "stdout", "syslog");

  private static final String JAVA_OPTIONS = " " + ShortLivedJvm.TEXT + " -XX:-UsePerfData";

  private static final AtomicInteger DIRECTORIES = new AtomicInteger();

  private static final class Shared {
    static final YarnCluster CLUSTER = start();
  }

  private final Path directory;
  private final Map<String, String> addresses;

  /** The server ends when its input does, so the process is kept. */
  @SuppressWarnings("unused")
  private final Process process;

  private YarnCluster(Path directory, Map<String, String> addresses, Process process) {
    this.directory = directory;
    this.addresses = addresses;
    this.process = process;
  }

  /** The cluster of this JVM. */
  public static YarnCluster shared() {
    return Shared.CLUSTER;
  }

  /** Why there is no cluster on this machine, or empty when there is. */
  public static Optional<String> whyUnavailable() {
    return Files.isReadable(classPathFile())
        ? Optional.empty()
        : Optional.of(
            classPathFile()
                + " is missing; 'mvn generate-resources' in servers/yarn writes it, or name"
                + " another with -D"
                + CLASS_PATH_PROPERTY);
  }

  /** What a client needs; containers have the classes of the tests, as if nodes had them. */
  public Configuration configuration() {
    Configuration conf = bareConfiguration();
    String ours = String.join(",", ownClassPath());
    conf.set("mapreduce.application.classpath", ours);
    conf.set("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "5");
    return conf;
  }

  /** What a client needs whose job brings everything but Hadoop itself. */
  public Configuration bareConfiguration() {
    Configuration conf = new Configuration();
    addresses.forEach(conf::set);
    conf.set("mapreduce.framework.name", "yarn");
    conf.set("mapreduce.application.classpath", hadoopOnNodes());
    conf.set("yarn.application.classpath", hadoopOnNodes());
    conf.set("dfs.replication", "1");
    conf.set("mapreduce.client.submit.file.replication", "1");
    conf.set("yarn.app.mapreduce.am.resource.mb", "512");
    conf.set("yarn.app.mapreduce.am.command-opts", "-Xmx300m" + JAVA_OPTIONS);
    conf.set("yarn.app.mapreduce.am.scheduler.heartbeat.interval-ms", "100");
    conf.set("mapreduce.map.memory.mb", "512");
    conf.set("mapreduce.map.java.opts", "-Xmx400m" + JAVA_OPTIONS);
    conf.set("mapreduce.job.running.map.limit", "4");
    conf.set("hadoop.tmp.dir", directory.resolve("client").toString());
    return conf;
  }

  /** A configuration as files, which {@code HADOOP_CONF_DIR} can name. */
  public Path configurationDirectory() throws IOException {
    Path conf = TestDirectories.create("yarn-conf");
    Configuration client = bareConfiguration();
    for (String name : List.of("core-site.xml", "mapred-site.xml", "yarn-site.xml")) {
      Configuration part = new Configuration(false);
      for (Map.Entry<String, String> entry : client) {
        if (client.getPropertySources(entry.getKey())[0].equals("programmatically")) {
          part.set(entry.getKey(), entry.getValue());
        }
      }
      try (OutputStream out = Files.newOutputStream(conf.resolve(name))) {
        part.writeXml(out);
      }
    }
    return conf;
  }

  /** A new, empty directory of its HDFS: its whole URI. */
  public String newDirectory() throws IOException {
    String path = addresses.get("fs.defaultFS") + "/test/" + DIRECTORIES.incrementAndGet();
    try (FileSystem hdfs = newFileSystem()) {
      hdfs.mkdirs(new org.apache.hadoop.fs.Path(path));
    }
    return path;
  }

  /** A new client of its HDFS that the caller closes. */
  public FileSystem newFileSystem() throws IOException {
    return FileSystem.newInstance(bareConfiguration());
  }

  /** Where its processes write, logs of containers included. */
  public Path directory() {
    return directory;
  }

  /** Hadoop's unshaded jars, for programs that are compared with ours. */
  public static List<String> hadoopClassPath() {
    try {
      return List.of(Files.readString(classPathFile()).strip().split(File.pathSeparator));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The class path of this JVM without Hadoop, which nodes have. */
  public static List<String> ownClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("hadoop-client-"))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .toList();
  }

  private String hadoopOnNodes() {
    return directory.resolve("hadoop") + "/*";
  }

  private static Path classPathFile() {
    String given = System.getProperty(CLASS_PATH_PROPERTY);
    if (given != null) {
      return Path.of(given);
    }
    return server("target/classpath.txt");
  }

  private static Path server(String file) {
    Path inModule = Path.of("servers/yarn").resolve(file);
    Path inSibling = Path.of("../persistence-hadoop").resolve(inModule);
    return (Files.isReadable(inModule) ? inModule : inSibling).toAbsolutePath();
  }

  private static YarnCluster start() {
    try {
      Path directory = TestDirectories.create("yarn");
      installHadoop(directory.resolve("hadoop"));
      Path log = directory.resolve("server.log");
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-Xmx768m");
      command.addAll(ShortLivedJvm.OPTIONS);
      command.add("-Djava.io.tmpdir=" + directory);
      command.addAll(List.of("-cp", String.join(File.pathSeparator, hadoopClassPath())));
      command.add(server("YarnServer.java").toString());
      command.add(Integer.toString(NODES));
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectError(log.toFile())
              .start();
      return new YarnCluster(directory, awaitReady(process, log), process);
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot start YARN", failure);
    }
  }

  /** What a node has of Hadoop. */
  private static void installHadoop(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (String jar : hadoopClassPath()) {
      Files.createSymbolicLink(directory.resolve(Path.of(jar).getFileName()), Path.of(jar));
    }
  }

  private static Map<String, String> awaitReady(Process process, Path log) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null || !line.startsWith("READY ")) {
      process.destroyForcibly();
      throw new IOException("YARN did not start: " + line + "\n" + tail(log));
    }
    Map<String, String> addresses = new TreeMap<>();
    for (String word : line.substring("READY ".length()).split(" ")) {
      String[] keyAndValue = word.split("=", 2);
      addresses.put(keyAndValue[0], keyAndValue[1]);
    }
    return addresses;
  }

  private static String tail(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
  }

  /** What the containers of all jobs have printed. */
  public String containerLogs() throws IOException {
    StringBuilder logs = new StringBuilder();
    try (DirectoryStream<Path> runs =
        Files.newDirectoryStream(directory.resolve("target/test/data/yarn"))) {
      for (Path run : runs) {
        try (DirectoryStream<Path> nodes = Files.newDirectoryStream(run, "*-logDir-*")) {
          for (Path node : nodes) {
            append(node, logs);
          }
        }
      }
    }
    return logs.toString();
  }

  private static void append(Path node, StringBuilder logs) throws IOException {
    try (Stream<Path> all = Files.walk(node)) {
      List<Path> outputs =
          all.filter(file -> OUTPUTS.contains(file.getFileName().toString())).toList();
      for (Path file : outputs) {
        logs.append(file).append(":\n").append(Files.readString(file)).append('\n');
      }
    }
  }
}
