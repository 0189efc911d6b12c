/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the plugin alone, Spark's readers and writers open S3 and HDFS and commit safely. */
@Tag("slow")
class FlyteSparkPluginTest {
  private static final String BUCKET = "bucket";
  private static S3Endpoint s3;
  private static SparkSession spark;
  private static int requestsAtStart;

  @BeforeAll
  static void start() throws Exception {
    s3 = S3Endpoint.start();
    s3.createBucket(BUCKET);
    FlyteFile file = FlyteFile.of(s3.uri(), TestSecrets.S3_ACCESS_KEY, TestSecrets.S3_SECRET_KEY);
    spark = SparkSessions.withPlugin(SparkSessions.local(), file).getOrCreate();
    requestsAtStart = s3.requests().size();
  }

  @AfterAll
  static void stop() {
    spark.stop();
    s3.close();
  }

  private static List<String> files(String directory) {
    return s3.keys(BUCKET).stream().filter(key -> key.startsWith(directory + "/")).toList();
  }

  private static Dataset<Row> numbers(long count) {
    return spark.range(0, count, 1, 2).selectExpr("id", "id % 3 as third");
  }

  @Test
  void startingAsksNoStoreAnything() {
    assertThat(requestsAtStart).isZero();
  }

  @Test
  void everySessionCommitsAndWritesTimestampsAsFlyteDoes() {
    SparkSession other = spark.newSession();
    assertThat(other.conf().get("spark.sql.sources.commitProtocolClass"))
        .isEqualTo(FlyteCommitProtocol.class.getName());
    assertThat(other.conf().get("spark.sql.parquet.outputTimestampType"))
        .isEqualTo("TIMESTAMP_MICROS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "csv", "orc", "json"})
  void everyFormatIsCommittedToS3WithoutARename(String format) {
    String directory = "formats/" + format;
    String uri = "s3://" + BUCKET + "/" + directory;
    s3.resetRequests();
    numbers(100).write().format(format).save(uri);
    assertThat(files(directory)).hasSize(2).allMatch(key -> key.startsWith(directory + "/part-"));
    assertThat(s3.count(RequestKind.COPY_OBJECT)).isZero();
    assertThat(s3.pendingUploads(BUCKET)).isEmpty();
    assertThat(spark.read().format(format).load(uri).count()).isEqualTo(100);
  }

  @Test
  void partitionsAreWrittenToTheirDirectories() {
    String uri = "s3a://" + BUCKET + "/partitioned";
    numbers(100).write().partitionBy("third").parquet(uri);
    assertThat(files("partitioned")).hasSize(6).allMatch(key -> key.contains("/third="));
    assertThat(spark.read().parquet(uri).where("third = 1").count()).isEqualTo(33);
  }

  @Test
  void anOverwriteThatFailsLeavesTheOldDataOnS3() {
    String uri = "s3://" + BUCKET + "/overwritten";
    numbers(10).write().parquet(uri);
    List<String> before = files("overwritten");
    assertThatThrownBy(() -> failing().write().mode(SaveMode.Overwrite).parquet(uri))
        .hasStackTraceContaining("as asked");
    assertThat(files("overwritten")).isEqualTo(before);
    assertThat(s3.pendingUploads(BUCKET)).isEmpty();
    numbers(20).write().mode(SaveMode.Overwrite).parquet(uri);
    assertThat(files("overwritten")).hasSize(2).doesNotContainAnyElementsOf(before);
    assertThat(spark.read().parquet(uri).count()).isEqualTo(20);
  }

  @Test
  @RequireStores("hdfs")
  void anOverwriteThatFailsLeavesTheOldDataOnHdfs() throws Exception {
    Path root = new Path(MiniHdfs.shared().newDirectory() + "/table");
    FileSystem hdfs = root.getFileSystem(MiniHdfs.shared().configuration());
    numbers(10).write().partitionBy("third").parquet(root.toString());
    assertThatThrownBy(() -> failing().write().mode(SaveMode.Overwrite).parquet(root.toString()))
        .hasStackTraceContaining("as asked");
    assertThat(spark.read().parquet(root.toString()).count()).isEqualTo(10);
    numbers(2).write().mode(SaveMode.Overwrite).partitionBy("third").parquet(root.toString());
    assertThat(hdfs.listStatus(root))
        .extracting(each -> each.getPath().getName())
        .containsExactlyInAnyOrder("third=0", "third=1");
    assertThat(spark.read().parquet(root.toString()).count()).isEqualTo(2);
  }

  /** Its last task fails after the others have written. */
  private static Dataset<Row> failing() {
    spark
        .udf()
        .register(
            "refuse",
            (Long id) -> {
              if (id == 99) {
                throw new IllegalStateException("as asked");
              }
              return id;
            },
            DataTypes.LongType);
    return numbers(100).selectExpr("refuse(id) as id", "third");
  }

  @Test
  void dynamicPartitionOverwriteReplacesThePartitionsThatAreWritten() {
    String uri = "s3://" + BUCKET + "/dynamic";
    numbers(9).write().partitionBy("third").parquet(uri);
    numbers(9)
        .where("third = 2")
        .limit(1)
        .write()
        .option("partitionOverwriteMode", "dynamic")
        .mode(SaveMode.Overwrite)
        .partitionBy("third")
        .parquet(uri);
    assertThat(spark.read().parquet(uri).count()).isEqualTo(3 + 3 + 1);
  }

  @Test
  void credentialsAreRefusedInSparksConfiguration() {
    var conf = new org.apache.spark.SparkConf(false);
    conf.set("spark.flyte.aws.secret_access_key", TestSecrets.S3_SECRET_KEY);
    assertThatThrownBy(() -> SparkKeys.dataConfig(conf, java.util.Map.of()))
        .hasMessageContaining("FLYTE_AWS_SECRET_ACCESS_KEY")
        .hasMessageNotContaining(TestSecrets.S3_SECRET_KEY);
  }

  @Test
  void keysOfSparkWinOverTheEnvironment() {
    var conf = new org.apache.spark.SparkConf(false);
    conf.set("spark.flyte.aws.endpoint", "http://127.0.0.1:9001");
    var environment = java.util.Map.of("FLYTE_AWS_ENDPOINT", "http://127.0.0.1:9002");
    assertThat(SparkKeys.dataConfig(conf, environment).s3().endpoint())
        .isEqualTo("http://127.0.0.1:9001");
    conf.set("spark.flyte.aws.endpiont", "x");
    assertThatThrownBy(() -> SparkKeys.dataConfig(conf, environment))
        .hasMessageContaining("spark.flyte.aws.endpiont");
  }
}
