/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.data;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Rows with a column of every type that Flyte's languages share: {@code datasets.py} has them too.
 */
final class SampleRows {
  private SampleRows() {}

  /** As many rows, in two files when they are written. */
  static Dataset<Row> of(SparkSession spark, int count) {
    return spark
        .range(0, count, 1, 2)
        .selectExpr(
            "id",
            "CAST(id AS STRING) AS `a.name`",
            "id % 2 = 0 AS even",
            "CAST(id AS DOUBLE) / 4 AS ratio",
            "CAST(id / 100 AS DECIMAL(10,2)) AS price",
            "timestamp_micros(1700000000123456 + id) AS at",
            "TIMESTAMP_NTZ'2023-11-14 22:13:20.123456'"
                + " + make_dt_interval(0, 0, 0, CAST(id / 1000000 AS DECIMAL(18,6))) AS local",
            "date_add(DATE'2024-02-28', CAST(id AS INT)) AS day",
            "IF(id = 3, NULL, CONCAT('line\\nbreak \"', id, '\" \u00fc')) AS note",
            "unhex(CONCAT(LPAD(HEX(id), 2, '0'), '00FF')) AS blob",
            "slice(array(NULLIF(0L, -1L), 1L), 1, CAST(id % 3 AS INT)) AS numbers");
  }

  /**
   * The rows as text, sorted, as {@code datasets.py} prints them. The session must use the types of
   * java.time: Spark makes those of java.sql with a class that the JDK hides.
   */
  static List<String> text(Dataset<Row> rows) {
    return rows.collectAsList().stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(column -> cell(row.get(column)))
                    .collect(Collectors.joining("|")))
        .sorted()
        .toList();
  }

  private static String cell(Object value) {
    if (value instanceof Instant instant) {
      return micros(instant);
    }
    if (value instanceof LocalDateTime local) {
      return micros(local.toInstant(ZoneOffset.UTC));
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof Seq<?> values) {
      return CollectionConverters.asJava(values).stream()
          .map(SampleRows::cell)
          .collect(Collectors.joining(",", "[", "]"));
    }
    return String.valueOf(value);
  }

  private static String micros(Instant instant) {
    return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
  }
}
