/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.data;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * How a dataset is read and written.
 *
 * @param format of the files
 * @param partitionColumns become directories {@code column=value} when it is written
 * @param schema for formats without one in the files; {@code null} guesses
 * @param spark options for Spark's reader or writer, which win over ours
 */
public record DatasetOptions(
    DatasetFormat format,
    List<String> partitionColumns,
    @Nullable StructType schema,
    Map<String, String> spark) {

  /** Copies the collections. */
  public DatasetOptions {
    Objects.requireNonNull(format, "format");
    partitionColumns = List.copyOf(partitionColumns);
    spark = Map.copyOf(spark);
  }

  /** Parquet, not partitioned. */
  public static DatasetOptions defaults() {
    return new DatasetOptions(DatasetFormat.PARQUET, List.of(), null, Map.of());
  }

  /** With another format. */
  public DatasetOptions withFormat(DatasetFormat other) {
    return new DatasetOptions(other, partitionColumns, schema, spark);
  }

  /** Written in directories by the values of one column. */
  public DatasetOptions withPartitionColumns(String column) {
    return withPartitionColumns(new String[] {column});
  }

  /** Written in directories by the values of these columns. */
  public DatasetOptions withPartitionColumns(String... columns) {
    return new DatasetOptions(format, List.of(columns), schema, spark);
  }

  /** Read with this schema instead of a guess. */
  public DatasetOptions withSchema(StructType known) {
    return new DatasetOptions(format, partitionColumns, known, spark);
  }

  /** With one more option for Spark's reader or writer. */
  public DatasetOptions withSparkOption(String key, String value) {
    Map<String, String> more = new TreeMap<>(spark);
    more.put(key, value);
    return new DatasetOptions(format, partitionColumns, schema, more);
  }
}
