/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.submit;

import io.github.flytehadoop.spark.smoke.SmokeCheck;
import io.github.flytehadoop.testkit.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The matrix of docs/compatibility.md. {@code compatibility.csv} has a line for each Spark, Java
 * and store, which the runs write: the outcome of each step is {@value #OK} or a reason.
 */
final class CompatibilityTable {
  static final String OK = "ok";

  /** The columns. */
  static final List<SmokeCheck> STEPS =
      Stream.of(SmokeCheck.values()).filter(step -> step != SmokeCheck.FAILURES).toList();

  private static final String BEGIN = "<!-- written by MatrixTest -->\n";
  private static final String END = "<!-- end of what MatrixTest has written -->\n";
  private static final Map<String, String> STORES =
      Map.of("s3", "S3", "hdfs", "HDFS", "gs", "GCS", "abfs", "Azure");

  /** Spark, Scala, Hadoop, Java, way. */
  private static final int OF_CLUSTER = 5;

  /** By what a newer run replaces: Spark without its patch, Scala, Java, store. */
  private final SortedMap<String, List<String>> lines = new TreeMap<>();

  private CompatibilityTable() {}

  static CompatibilityTable read() throws IOException {
    CompatibilityTable table = new CompatibilityTable();
    for (String line : Files.readAllLines(results())) {
      List<String> values = List.of(line.split(","));
      if (!values.equals(header())) {
        table.put(
            values.subList(0, OF_CLUSTER),
            values.get(OF_CLUSTER),
            values.subList(OF_CLUSTER + 1, values.size()));
      }
    }
    return table;
  }

  private static Path results() {
    return ProjectRoot.resolve("spark-integration/src/test/resources/compatibility.csv");
  }

  static Path document() {
    return ProjectRoot.resolve("docs/compatibility.md");
  }

  static String store(String scheme) {
    return STORES.get(scheme);
  }

  private static List<String> header() {
    List<String> header = new ArrayList<>(List.of("Spark", "Scala", "Hadoop", "Java", "jars"));
    header.add("store");
    STEPS.forEach(step -> header.add(title(step)));
    return header;
  }

  private static String title(SmokeCheck step) {
    return step.name().replace('_', ' ').toLowerCase(Locale.ROOT);
  }

  /** What a run on a cluster has found on a store. */
  void put(List<String> cluster, String store, List<String> outcomes) {
    List<String> line = new ArrayList<>(cluster);
    line.add(store);
    line.addAll(outcomes);
    String spark = cluster.get(0).replaceFirst("^(\\d+[.]\\d+).*", "$1");
    lines.put(String.join(" ", spark, cluster.get(1), cluster.get(3), store), List.copyOf(line));
  }

  /** Writes the results, and the table that they make. */
  void write() throws IOException {
    String rows =
        lines.values().stream()
            .map(line -> String.join(",", line) + "\n")
            .collect(Collectors.joining());
    Files.writeString(results(), String.join(",", header()) + "\n" + rows);
    Files.writeString(document(), document(Files.readString(document())));
  }

  /** The document with the table of these results in the place of the one that it has. */
  String document(String committed) {
    int begin = committed.indexOf(BEGIN) + BEGIN.length();
    return committed.substring(0, begin) + render() + committed.substring(committed.indexOf(END));
  }

  private String render() {
    Map<List<String>, List<List<String>>> clusters = new LinkedHashMap<>();
    for (List<String> line : lines.values()) {
      clusters.computeIfAbsent(line.subList(0, OF_CLUSTER), key -> new ArrayList<>()).add(line);
    }
    List<String> reasons = new ArrayList<>();
    List<String> columns = new ArrayList<>(header());
    columns.remove(OF_CLUSTER);
    StringBuilder text = new StringBuilder(row(columns)).append("|---".repeat(columns.size()));
    text.append("|\n");
    clusters.forEach(
        (cluster, stores) -> {
          List<String> cells = new ArrayList<>(cluster);
          for (int step = 0; step < STEPS.size(); step++) {
            cells.add(cell(stores, OF_CLUSTER + 1 + step, reasons));
          }
          text.append(row(cells));
        });
    text.append('\n');
    for (int number = 1; number <= reasons.size(); number++) {
      text.append(number + ". " + reasons.get(number - 1) + ".\n");
    }
    return text.toString();
  }

  private static String row(Collection<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  /** The stores on which a step held, and why it did not on others. */
  private static String cell(List<List<String>> stores, int column, List<String> reasons) {
    List<String> held = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (List<String> line : stores) {
      String outcome = line.get(column);
      if (outcome.equals(OK)) {
        held.add(line.get(OF_CLUSTER));
        continue;
      }
      if (!reasons.contains(outcome)) {
        reasons.add(outcome);
      }
      others.add(line.get(OF_CLUSTER) + " (" + (reasons.indexOf(outcome) + 1) + ")");
    }
    if (others.isEmpty()) {
      return held.size() == STORES.size() ? "all" : String.join(", ", held);
    }
    return (held.isEmpty() ? "not " : "all but ") + String.join(", ", others);
  }
}
