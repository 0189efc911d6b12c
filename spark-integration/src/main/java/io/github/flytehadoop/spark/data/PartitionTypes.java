/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The types of partition columns, which the names of directories do not say. Parquet files carry
 * them in the schema that Spark puts into each footer; datasets of other formats have a hidden file
 * beside the data, which readers pass over.
 */
record PartitionTypes(StructType columns, String timeZone) {
  /** Of the metadata of one data column. */
  static final String KEY = "io.github.flytehadoop.partitions";

  /** The hidden file. */
  static final String FILE = "_flyte_partitions.json";

  private static final String SCHEMA = "schema";
  private static final String ZONE = "timeZone";

  /** What Spark's reader makes of a directory's name by itself. */
  private static final Set<DataType> READ_BY_SPARK =
      Set.of(
          DataTypes.BooleanType,
          DataTypes.StringType,
          DataTypes.ByteType,
          DataTypes.ShortType,
          DataTypes.IntegerType,
          DataTypes.LongType,
          DataTypes.FloatType,
          DataTypes.DoubleType,
          DataTypes.DateType,
          DataTypes.TimestampType);

  static PartitionTypes of(Dataset<Row> rows, List<String> names) {
    StructField[] fields =
        Arrays.stream(rows.schema().fields())
            .filter(field -> contains(names, field.name()))
            .map(field -> new StructField(field.name(), field.dataType(), true, Metadata.empty()))
            .toArray(StructField[]::new);
    return new PartitionTypes(
        new StructType(fields), rows.sparkSession().conf().get("spark.sql.session.timeZone"));
  }

  private static boolean contains(List<String> names, String name) {
    return names.stream().anyMatch(name::equalsIgnoreCase);
  }

  /**
   * The rows with the types in the metadata of the first column that is in the files. An empty
   * string comes back as null: Spark names the directories of both alike.
   */
  Dataset<Row> mark(Dataset<Row> rows) {
    List<Column> marked = new ArrayList<>();
    boolean done = false;
    for (StructField field : rows.schema().fields()) {
      Column column = column(field.name());
      if (isPartition(field.name())) {
        marked.add(column.as(field.name(), field.metadata()));
      } else if (done) {
        marked.add(column);
      } else {
        Metadata metadata =
            new MetadataBuilder().withMetadata(field.metadata()).putString(KEY, toJson()).build();
        marked.add(column.as(field.name(), metadata));
        done = true;
      }
    }
    return rows.select(marked.toArray(Column[]::new));
  }

  static Column column(String name) {
    // a name with a dot is a name, not a member of a struct
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  private boolean isPartition(String name) {
    return contains(List.of(columns.fieldNames()), name);
  }

  private String toJson() {
    return new MetadataBuilder()
        .putString(SCHEMA, columns.json())
        .putString(ZONE, timeZone)
        .build()
        .json();
  }

  private static PartitionTypes fromJson(String json) {
    Metadata known = Metadata.fromJson(json);
    return new PartitionTypes(
        (StructType) DataType.fromJson(known.getString(SCHEMA)), known.getString(ZONE));
  }

  /** What the schema of files says, or {@code null}. */
  static @Nullable PartitionTypes in(StructType schema) {
    for (StructField field : schema.fields()) {
      if (field.metadata().contains(KEY)) {
        return fromJson(field.metadata().getString(KEY));
      }
    }
    return null;
  }

  /** What the hidden file says, or {@code null}. */
  static @Nullable PartitionTypes beside(FileSystem fileSystem, Path root) throws IOException {
    try (FSDataInputStream in = fileSystem.open(new Path(root, FILE))) {
      return fromJson(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException absent) {
      return null;
    }
  }

  void writeBeside(FileSystem fileSystem, Path root) throws IOException {
    try (OutputStream out = fileSystem.create(new Path(root, FILE), true)) {
      out.write(toJson().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The columns in the files, without our mark. */
  StructType withoutPartitions(StructType schema) {
    List<StructField> data = new ArrayList<>();
    for (StructField field : schema.fields()) {
      if (!isPartition(field.name())) {
        Metadata plain = new MetadataBuilder().withMetadata(field.metadata()).remove(KEY).build();
        data.add(new StructField(field.name(), field.dataType(), field.nullable(), plain));
      }
    }
    return new StructType(data.toArray(StructField[]::new));
  }

  /** Reads data columns and partition columns with the types that they were written with. */
  Dataset<Row> load(DataFrameReader reader, StructType data, String uri) {
    StructType schema = data;
    for (StructField field : columns.fields()) {
      schema = schema.add(field.name(), asRead(field.dataType()), true);
      if (field.dataType().equals(DataTypes.TimestampType)) {
        // names of directories are in the time zone of the session that wrote them
        reader.option(ZONE, timeZone);
      }
    }
    Dataset<Row> rows = reader.schema(schema).option("inferSchema", "false").load(uri);
    Column[] typed = Arrays.stream(rows.schema().fields()).map(this::typed).toArray(Column[]::new);
    return Arrays.stream(columns.fields()).allMatch(f -> isReadBySpark(f.dataType()))
        ? rows
        : rows.select(typed);
  }

  private Column typed(StructField field) {
    Column column = column(field.name());
    return isPartition(field.name())
        ? column
            .cast(columns.fields()[columns.fieldIndex(field.name())].dataType())
            .as(field.name())
        : column;
  }

  private static DataType asRead(DataType type) {
    return isReadBySpark(type) ? type : DataTypes.StringType;
  }

  private static boolean isReadBySpark(DataType type) {
    return READ_BY_SPARK.contains(type) || type instanceof DecimalType;
  }
}
