/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.spark.FlyteFile;
import io.github.flytehadoop.spark.FlyteSpark;
import io.github.flytehadoop.spark.SparkSessions;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.ProjectRoot;
import io.github.flytehadoop.testkit.PythonEnvironment;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.S3Server;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Datasets go both ways between Spark and flytekit's own encoders and decoders. */
@RequireStores({"python", "s3", "hdfs"})
@Timeout(300)
@Tag("slow")
class PythonDatasetsTest {
  private static final Path SCRIPT =
      ProjectRoot.resolve("spark-integration/src/test/resources/python/datasets.py");
  private static final List<String> ARROW_TYPES =
      List.of(
          "int64",
          "string",
          "bool",
          "double",
          "decimal128(10, 2)",
          "timestamp[us, tz=UTC]",
          "timestamp[us]",
          "date32[day]",
          "string",
          "binary",
          "list<element: int64>");

  private static SparkSession spark;
  private static String root;

  /** What Python read. */
  private record Read(List<String> columns, List<String> types, List<String> rows) {}

  @BeforeAll
  static void start() throws Exception {
    S3Server s3 = S3Server.shared();
    root = "s3://" + s3.newBucket() + "/raw/";
    FlyteFile file = FlyteFile.of(s3.uri(), s3.accessKey(), s3.secretKey());
    spark =
        SparkSessions.withPlugin(SparkSessions.local(), file)
            .config("spark.flyte.raw-output-prefix", root)
            .config("spark.sql.datetime.java8API.enabled", "true")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static List<Read> python(String... steps) throws IOException {
    S3Server s3 = S3Server.shared();
    Map<String, String> environment =
        Map.of(
            "FLYTE_AWS_ENDPOINT", s3.uri().toString(),
            "FLYTE_AWS_ACCESS_KEY_ID", s3.accessKey(),
            "FLYTE_AWS_SECRET_ACCESS_KEY", s3.secretKey(),
            "AWS_DEFAULT_REGION", S3Server.REGION);
    String out = PythonEnvironment.run(Duration.ofMinutes(2), environment, SCRIPT, steps);
    List<Read> reads = new ArrayList<>();
    for (String line : out.lines().toList()) {
      reads.add(new ObjectMapper().readValue(line, Read.class));
    }
    return reads;
  }

  @Test
  void datasetOfSparkIsReadByFlytekit() throws Exception {
    Dataset<Row> rows = SampleRows.of(spark, 10);
    String ours = FlyteSpark.writeDataset(rows).uri();
    // as flytekit's plugin for Spark writes, in place of older data
    String plain = root + "plain";
    rows.limit(2).write().parquet(plain);
    rows.write().mode(SaveMode.Overwrite).parquet(plain);
    String partitioned = root + "partitioned";
    FlyteSpark.writeDataset(
        rows, partitioned, DatasetOptions.defaults().withPartitionColumns("even"));
    String empty = FlyteSpark.writeDataset(SampleRows.of(spark, 0)).uri();

    List<Read> reads =
        python(
            "read-pandas=" + ours,
            "read-pandas=" + plain,
            "read-s3-arrow=" + ours,
            "read-s3-arrow=" + plain,
            "read-pandas=" + plain + ",at,a.name",
            "read-s3-arrow=" + empty,
            "read-s3-arrow=" + partitioned + ",id,even");

    List<String> expected = SampleRows.text(rows);
    assertThat(reads.get(0).rows()).isEqualTo(expected);
    assertThat(reads.get(1).rows()).isEqualTo(expected);
    assertThat(reads.get(1).types()).contains("datetime64[us, UTC]", "datetime64[us]");
    for (Read read : reads.subList(2, 4)) {
      assertThat(read.columns()).containsExactly(rows.columns());
      assertThat(read.types()).isEqualTo(ARROW_TYPES);
      assertThat(read.rows()).isEqualTo(expected);
    }
    assertThat(reads.get(4).columns()).containsExactly("at", "a.name");
    assertThat(reads.get(4).rows()).isEqualTo(SampleRows.text(rows.select("at", "`a.name`")));
    assertThat(reads.get(5).types()).isEqualTo(ARROW_TYPES);
    assertThat(reads.get(5).rows()).isEmpty();
    assertThat(reads.get(6).rows()).isEqualTo(SampleRows.text(rows.select("id", "even")));
  }

  @Test
  void datasetOfFlytekitIsReadBySpark() throws Exception {
    python(
        "write-pandas=" + root + "pandas",
        "write-pandas-empty=" + root + "nothing",
        "write-arrow=" + root + "arrow",
        "write-csv=" + root + "csv");
    List<String> expected = SampleRows.text(SampleRows.of(spark, 10));

    Dataset<Row> arrow = FlyteSpark.readDataset(spark, root + "arrow");
    assertThat(arrow.schema()).isEqualTo(SampleRows.of(spark, 10).schema().asNullable());
    assertThat(SampleRows.text(arrow)).isEqualTo(expected);
    assertThat(SampleRows.text(spark.read().parquet(root + "arrow"))).isEqualTo(expected);
    Dataset<Row> pandas = FlyteSpark.readDataset(spark, root + "pandas");
    assertThat(SampleRows.text(pandas)).isEqualTo(expected);
    assertThat(pandas.schema().apply("at").dataType().sql()).isEqualTo("TIMESTAMP");
    assertThat(pandas.schema().apply("local").dataType().sql()).isEqualTo("TIMESTAMP_NTZ");
    Dataset<Row> pruned = FlyteSpark.readDataset(spark, root + "pandas", "at", "a.name");
    assertThat(pruned.queryExecution().executedPlan().toString())
        .contains("ReadSchema: struct<a.name:string,at:timestamp>");
    assertThat(SampleRows.text(pruned)).isEqualTo(SampleRows.text(pandas.select("at", "`a.name`")));
    assertThat(FlyteSpark.readDataset(spark, root + "nothing").columns())
        .containsExactly(arrow.columns());
    assertThat(FlyteSpark.readDataset(spark, root + "nothing").count()).isZero();
    DatasetOptions csv = DatasetOptions.defaults().withFormat(DatasetFormat.CSV);
    assertThat(SampleRows.text(FlyteSpark.readDataset(spark, root + "csv", csv)))
        .isEqualTo(
            SampleRows.text(
                SampleRows.of(spark, 10).select("id", "`a.name`", "even", "ratio", "note")));
  }

  @Test
  void copyOfASparkDatasetOnHdfsIsReadByPython() throws Exception {
    Dataset<Row> rows = SampleRows.of(spark, 10);
    String uri = MiniHdfs.shared().newDirectory() + "/table";
    FlyteSpark.writeDataset(rows, uri);
    Path copy = TestDirectories.create("copy").resolve("table");
    FileAccessProvider provider = FlyteSpark.provider(spark);
    provider.downloadDirectory(uri, copy);

    List<Read> reads =
        python("read-arrow=" + copy, "read-pandas=" + copy, "write-csv=" + copy + "2");

    assertThat(reads.get(0).types()).isEqualTo(ARROW_TYPES);
    assertThat(reads.get(0).rows()).isEqualTo(SampleRows.text(rows));
    assertThat(reads.get(1).rows()).isEqualTo(SampleRows.text(rows));
    String hidden = MiniHdfs.shared().newDirectory() + "/csv";
    provider.uploadDirectory(Path.of(copy + "2"), hidden);
    DatasetOptions csv = DatasetOptions.defaults().withFormat(DatasetFormat.CSV);
    assertThat(FlyteSpark.readDataset(spark, hidden, csv).count()).isEqualTo(10);
  }
}
