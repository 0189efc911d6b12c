/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.data;

import io.github.flytehadoop.error.Problem;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.apache.spark.sql.sources.DataSourceRegister;

/** The format of a dataset's files. */
public enum DatasetFormat {
  /** Flyte's default; the schema is in the files. */
  PARQUET(Map.of(), Map.of("mergeSchema", "false")),
  /** Text with a header; types are guessed when it is read without a schema. */
  CSV(
      Map.of(
          "header", "true",
          "escape", "\"",
          "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX"),
      Map.of("header", "true", "escape", "\"", "multiLine", "true", "inferSchema", "true")),
  /** One JSON object a line; types are guessed when it is read without a schema. */
  JSON(
      Map.of("timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX", "ignoreNullFields", "false"),
      Map.of()),
  /** The schema is in the files. */
  ORC(Map.of(), Map.of()),
  /** The schema is in the files. Needs Spark's {@code spark-avro}. */
  AVRO(Map.of(), Map.of());

  @SuppressWarnings("ImmutableEnumChecker") // Map.of gives an immutable map
  private final Map<String, String> written;

  @SuppressWarnings("ImmutableEnumChecker") // Map.of gives an immutable map
  private final Map<String, String> read;

  DatasetFormat(Map<String, String> written, Map<String, String> read) {
    this.written = written;
    this.read = read;
  }

  /**
   * The format that a Flyte literal names, in any case; the empty name is Parquet's.
   *
   * @throws IllegalArgumentException for another name
   */
  public static DatasetFormat of(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(each -> each.name().equals(upper.isEmpty() ? "PARQUET" : upper))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.cannot("use the format", name)
                    .because("it is not known")
                    .remedy(
                        "Use one of "
                            + Arrays.stream(values())
                                .map(DatasetFormat::sparkName)
                                .collect(Collectors.joining(", "))
                            + ".")
                    .argument());
  }

  /** What Spark calls it. */
  String sparkName() {
    return name().toLowerCase(Locale.ROOT);
  }

  Map<String, String> writeOptions() {
    return written;
  }

  Map<String, String> readOptions() {
    return read;
  }

  /** Fails with the package to add when Spark's module for Avro is not on the class path. */
  void require(String sparkVersion) {
    if (this == AVRO && !isAvroThere()) {
      throw Problem.cannot("use Avro")
          .because("Spark's module for it is not on the class path")
          .remedy(
              "Add --packages org.apache.spark:spark-avro_" + scala() + ":" + sparkVersion + ".")
          .state();
    }
  }

  private static String scala() {
    return scala.util.Properties.versionNumberString().replaceFirst("^(\\d+\\.\\d+).*", "$1");
  }

  private static boolean isAvroThere() {
    return ServiceLoader.load(DataSourceRegister.class).stream()
        .anyMatch(source -> source.type().getName().contains(".avro."));
  }
}
