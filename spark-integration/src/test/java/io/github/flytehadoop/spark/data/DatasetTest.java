/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.spark.FlyteFile;
import io.github.flytehadoop.spark.FlyteSpark;
import io.github.flytehadoop.spark.SparkSessions;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Datasets as Flyte lays them out, both ways, on S3. */
@Tag("slow")
class DatasetTest {
  private static final String BUCKET = "bucket";
  private static S3Endpoint s3;
  private static SparkSession spark;

  @BeforeAll
  static void start() throws Exception {
    s3 = S3Endpoint.start();
    s3.createBucket(BUCKET);
    FlyteFile file = FlyteFile.of(s3.uri(), TestSecrets.S3_ACCESS_KEY, TestSecrets.S3_SECRET_KEY);
    spark =
        SparkSessions.withPlugin(SparkSessions.local(), file)
            .config("spark.flyte.raw-output-prefix", "s3://" + BUCKET + "/raw")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
    s3.close();
  }

  private static String uri(String name) {
    return "s3://" + BUCKET + "/" + name;
  }

  private static List<String> files(String directory) {
    return s3.keys(BUCKET).stream().filter(key -> key.startsWith(directory + "/")).toList();
  }

  private static Dataset<Row> events() {
    return spark.sql(
        "SELECT id, CAST(id AS STRING) AS `a.name`, id % 2 = 0 AS even, CAST(id AS DECIMAL(10,2))"
            + " AS price, timestamp_micros(1700000000123456 + id) AS at,"
            + " IF(id = 3, NULL, CONCAT('line\\nbreak \"', id)) AS note FROM RANGE(0, 10, 1, 2)");
  }

  @ParameterizedTest
  @EnumSource(names = {"PARQUET", "ORC"})
  void formatsWithASchemaKeepIt(DatasetFormat format) throws Exception {
    DatasetOptions options = DatasetOptions.defaults().withFormat(format);
    TransferReport report = FlyteSpark.writeDataset(events(), uri("kept/" + format), options);
    assertThat(report.files()).isEqualTo(2).isEqualTo(files("kept/" + format).size());
    assertThat(report.bytes()).isPositive();
    assertThat(report.engine()).isEqualTo(Engine.SPARK);
    Dataset<Row> read = FlyteSpark.readDataset(spark, report.uri(), options);
    // what is read can be null, whatever was written: Spark does not trust files
    assertThat(read.schema()).isEqualTo(events().schema().asNullable());
    assertThat(read.collectAsList()).containsExactlyInAnyOrderElementsOf(events().collectAsList());
  }

  @ParameterizedTest
  @EnumSource(names = {"CSV", "JSON"})
  void textFormatsKeepTheRowsOfAKnownSchema(DatasetFormat format) throws Exception {
    DatasetOptions options =
        DatasetOptions.defaults().withFormat(format).withSchema(events().schema());
    FlyteSpark.writeDataset(events(), uri("text/" + format), options);
    assertThat(FlyteSpark.readDataset(spark, uri("text/" + format), options).collectAsList())
        .containsExactlyInAnyOrderElementsOf(events().collectAsList());
    Dataset<Row> guessed =
        FlyteSpark.readDataset(
            spark, uri("text/" + format), DatasetOptions.defaults().withFormat(format), "id");
    assertThat(guessed.schema().fields()[0].dataType())
        .isIn(DataTypes.LongType, DataTypes.IntegerType);
  }

  @Test
  void aDatasetWithoutAUriGoesBelowTheRawOutputPrefix() throws Exception {
    TransferReport report = FlyteSpark.writeDataset(events());
    assertThat(report.uri()).startsWith(uri("raw/"));
    assertThat(FlyteSpark.readDataset(spark, report.uri()).count()).isEqualTo(10);
    assertThat(s3.keys(BUCKET)).noneMatch(key -> key.contains("_SUCCESS"));
  }

  @Test
  void onlyTheColumnsThatAreAskedForAreRead() throws Exception {
    FlyteSpark.writeDataset(events(), uri("columns"));
    Dataset<Row> read = FlyteSpark.readDataset(spark, uri("columns"), "a.name", "even");
    assertThat(read.columns()).containsExactly("a.name", "even");
    assertThat(read.queryExecution().executedPlan().toString())
        .contains("ReadSchema: struct<a.name:string,even:boolean>");
  }

  @Test
  void timestampsAreMicrosecondsEvenWhereTheSessionSaysOtherwise() throws Exception {
    SparkSession other = spark.newSession();
    other.conf().set("spark.sql.parquet.outputTimestampType", "INT96");
    FlyteSpark.writeDataset(
        other.sql("SELECT timestamp_micros(1700000000123456) AS at"), uri("micros"));
    assertThat(other.conf().get("spark.sql.parquet.outputTimestampType")).isEqualTo("INT96");
    assertThat(ParquetFooter.schema(s3.bytes(BUCKET, files("micros").get(0))))
        .contains("int64 at (TIMESTAMP(MICROS,true))");
  }

  @Test
  void noRowsKeepTheirSchema() throws Exception {
    Dataset<Row> nothing = events().where("id < 0");
    FlyteSpark.writeDataset(nothing, uri("empty"));
    assertThat(FlyteSpark.readDataset(spark, uri("empty")).schema())
        .isEqualTo(nothing.schema().asNullable());
    DatasetOptions partitioned = DatasetOptions.defaults().withPartitionColumns("even");
    TransferReport report = FlyteSpark.writeDataset(nothing, uri("emptier"), partitioned);
    assertThat(report.files()).isOne();
    assertThat(FlyteSpark.readDataset(spark, uri("emptier")).count()).isZero();
  }

  @Test
  void partitionsAreColumns() throws Exception {
    DatasetOptions partitioned = DatasetOptions.defaults().withPartitionColumns("even");
    FlyteSpark.writeDataset(events(), uri("partitions"), partitioned);
    assertThat(files("partitions")).allMatch(key -> key.contains("/even="));
    assertThat(FlyteSpark.readDataset(spark, uri("partitions")).where("even = 'true'").count())
        .isEqualTo(5);
  }

  @Test
  void aSingleFileAsPythonNamesItIsADataset() throws Exception {
    FlyteSpark.writeDataset(events().coalesce(1), uri("from-python"));
    String key = files("from-python").get(0);
    s3.putDirectly(BUCKET, "python [0] {a,b}*/00000", s3.bytes(BUCKET, key));
    assertThat(FlyteSpark.readDataset(spark, uri("python [0] {a,b}*")).count()).isEqualTo(10);
    s3.putDirectly(BUCKET, "nested/deeper/00000", s3.bytes(BUCKET, key));
    s3.putDirectly(BUCKET, "nested/00000", s3.bytes(BUCKET, key));
    assertThat(FlyteSpark.readDataset(spark, uri("nested")).count()).isEqualTo(20);
  }

  @Test
  void theHiddenCsvOfPythonIsFound() throws Exception {
    s3.putDirectly(
        BUCKET,
        "hidden/.csv",
        "name,count\n\"a \"\"b\"\"\nc\",1\nd,2\n".getBytes(StandardCharsets.UTF_8));
    List<Row> rows =
        FlyteSpark.readDataset(
                spark, uri("hidden"), DatasetOptions.defaults().withFormat(DatasetFormat.CSV))
            .collectAsList();
    assertThat(rows).extracting(row -> row.getString(0)).containsExactly("a \"b\"\nc", "d");
    assertThat(rows).extracting(row -> row.getInt(1)).containsExactly(1, 2);
  }

  @Test
  void anOverwriteReplacesEverythingAndMayReadWhatItReplaces() throws Exception {
    FlyteSpark.writeDataset(events(), uri("again"));
    s3.putDirectly(BUCKET, "again/.csv", new byte[3]);
    Dataset<Row> old = FlyteSpark.readDataset(spark, uri("again"));
    TransferReport report = FlyteSpark.writeDataset(old.where("id < 4"), uri("again"));
    assertThat(files("again")).hasSize((int) report.files()).allMatch(k -> k.contains("/part-"));
    assertThat(FlyteSpark.readDataset(spark, uri("again")).count()).isEqualTo(4);
  }

  @Test
  void anOverwriteThatFailsLeavesTheOldData() throws Exception {
    FlyteSpark.writeDataset(events(), uri("safe"));
    List<String> before = files("safe");
    Dataset<Row> failing = events().selectExpr("assert_true(id < 9, 'as asked')", "id");
    assertThatThrownBy(() -> FlyteSpark.writeDataset(failing, uri("safe")))
        .hasStackTraceContaining("as asked");
    assertThat(files("safe")).isEqualTo(before);
    assertThat(s3.pendingUploads(BUCKET)).isEmpty();
  }

  @Test
  void nothingAtTheUriIsSaidSo() {
    assertThatThrownBy(() -> FlyteSpark.readDataset(spark, uri("absent")))
        .isInstanceOf(DataNotFoundException.class)
        .hasMessageContaining(uri("absent"));
  }

  @Test
  void avroKeepsTheSchema() throws Exception {
    DatasetOptions avro = DatasetOptions.defaults().withFormat(DatasetFormat.of("Avro"));
    // its names have no dots
    Dataset<Row> rows = events().withColumnRenamed("a.name", "name");
    TransferReport report = FlyteSpark.writeDataset(rows, uri("avro"), avro);
    Dataset<Row> read = FlyteSpark.readDataset(spark, report.uri(), avro);
    assertThat(read.schema()).isEqualTo(rows.schema().asNullable());
    assertThat(read.collectAsList()).containsExactlyInAnyOrderElementsOf(rows.collectAsList());
  }

  @Test
  void avroAsksForSparksModule() {
    DatasetOptions avro = DatasetOptions.defaults().withFormat(DatasetFormat.of("Avro"));
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(new WithoutAvro(loader));
    try {
      assertThatThrownBy(() -> FlyteSpark.writeDataset(events(), uri("no-avro"), avro))
          .hasMessageContaining("--packages org.apache.spark:spark-avro_2.13:4.");
    } finally {
      Thread.currentThread().setContextClassLoader(loader);
    }
  }

  /** As on a class path without Spark's module for Avro: nobody announces the format. */
  private static final class WithoutAvro extends ClassLoader {
    WithoutAvro(ClassLoader parent) {
      super(parent);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      List<URL> found = Collections.list(super.getResources(name));
      found.removeIf(url -> url.toString().contains("spark-avro"));
      return Collections.enumeration(found);
    }
  }
}
