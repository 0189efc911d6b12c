/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.spark.FlyteSpark;
import io.github.flytehadoop.spark.SparkSessions;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Partition columns of our own datasets come back as they were written. */
@Tag("slow")
class PartitionTypesTest {
  private static SparkSession spark;
  private Path directory;

  @BeforeAll
  static void start() {
    spark = SparkSessions.local().config("spark.sql.session.timeZone", "UTC").getOrCreate();
    FlyteSpark.configure(spark, DataConfig.defaults());
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @BeforeEach
  void newDirectory() throws IOException {
    directory = TestDirectories.create("dataset");
  }

  private static DatasetOptions by(DatasetFormat format, String column) {
    return DatasetOptions.defaults().withFormat(format).withPartitionColumns(column);
  }

  private Dataset<Row> roundTrip(Dataset<Row> rows, DatasetOptions options) throws IOException {
    FlyteSpark.writeDataset(rows, directory.toUri().toString(), options);
    return FlyteSpark.readDataset(spark, directory.toUri().toString(), options);
  }

  private static Dataset<Row> strings() {
    return spark.sql(
        "SELECT p, coalesce(length(p), -1) AS n FROM VALUES ('001'), ('1e3'), ('2024-01-01'),"
            + " ('null'), ('NULL'), ('true'), ('1.50'), ('NaN'), ('a/b=c%d:e'), ('ä \\'\"{}[]*?#'),"
            + " (' x '), ('2024-01-01 10:00:00'), (CAST(NULL AS STRING)) AS t(p)");
  }

  @ParameterizedTest
  @EnumSource
  @Rule("B90")
  void stringsThatLookLikeOtherThingsStayStrings(DatasetFormat format) throws Exception {
    Dataset<Row> read = roundTrip(strings(), by(format, "p"));
    assertThat(read.schema().apply("p").dataType()).isEqualTo(DataTypes.StringType);
    assertThat(read.schema().apply("n").metadata().json()).isEqualTo("{}");
    assertThat(read.selectExpr("p").collectAsList())
        .containsExactlyInAnyOrderElementsOf(strings().selectExpr("p").collectAsList());
    assertThat(read.where("p = '001'").count()).isOne();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TINYINT | '7', '-8'",
        "INT | '7', '-8'",
        "BIGINT | '7', '9007199254740993'",
        "DOUBLE | '0.1', '1e300'",
        "DECIMAL(20,3) | '1.500', '12345678901234567.125'",
        "BOOLEAN | 'true', 'false'",
        "DATE | '2024-02-29', '1970-01-01'",
        "TIMESTAMP | '2024-02-29 10:00:00.123456', '2024-02-29 00:00:00'",
        "TIMESTAMP_NTZ | '2024-02-29 10:00:00.123456', '2024-02-29 00:00:00'",
        "BINARY | 'abc', '001'"
      })
  @Rule("B90")
  void otherTypesAreKept(String type, String values) throws Exception {
    Dataset<Row> rows =
        spark.sql(
            "SELECT id, CAST(v AS %s) AS p FROM (SELECT explode(array(%s, NULL)) AS v, 1 AS id)"
                .formatted(type, values));
    Dataset<Row> read = roundTrip(rows, by(DatasetFormat.PARQUET, "p"));
    assertThat(read.schema().apply("p").dataType().sql()).isEqualTo(type);
    assertThat(text(read)).isEqualTo(text(rows));
  }

  private static List<String> text(Dataset<Row> rows) {
    return rows.selectExpr("CAST(p AS STRING) AS p").collectAsList().stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  @Test
  @Rule("B90")
  void timestampsAreThoseOfTheTimeZoneThatWroteThem() throws Exception {
    Dataset<Row> rows = spark.sql("SELECT 1 AS id, timestamp_micros(1700000000123456) AS p");
    FlyteSpark.writeDataset(rows, directory.toUri().toString(), by(DatasetFormat.PARQUET, "p"));
    SparkSession elsewhere = spark.newSession();
    elsewhere.conf().set("spark.sql.session.timeZone", "Asia/Tokyo");
    assertThat(
            FlyteSpark.readDataset(elsewhere, directory.toUri().toString())
                .selectExpr("unix_micros(p)")
                .first()
                .getLong(0))
        .isEqualTo(1700000000123456L);
  }

  @Test
  @Rule("B90")
  void anEmptyStringComesBackAsNullAsWithSparkItself() throws Exception {
    Dataset<Row> rows = spark.sql("SELECT id, p FROM VALUES (1, ''), (2, 'x') AS t(id, p)");
    String plain = directory.resolve("plain").toUri().toString();
    rows.write().partitionBy("p").parquet(plain);
    directory = directory.resolve("ours");
    assertThat(roundTrip(rows, by(DatasetFormat.PARQUET, "p")).orderBy("id").collectAsList())
        .isEqualTo(spark.read().parquet(plain).orderBy("id").collectAsList())
        .extracting(row -> row.get(1))
        .containsExactly(null, "x");
  }

  @Test
  @Rule("B90")
  void schemaOfForeignFilesIsGuessedAsBySpark() throws Exception {
    strings()
        .where("p = '001'")
        .write()
        .partitionBy("p")
        .mode("append")
        .parquet(directory.toUri().toString());
    assertThat(
            FlyteSpark.readDataset(spark, directory.toUri().toString())
                .schema()
                .apply("p")
                .dataType())
        .isEqualTo(DataTypes.IntegerType);
  }

  @Test
  @Rule("B90")
  void aDirectoryOfParquetHoldsDataAlone() throws Exception {
    roundTrip(strings(), by(DatasetFormat.PARQUET, "p"));
    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allMatch(file -> file.getFileName().toString().matches("part-.*[.]parquet"));
    }
  }
}
