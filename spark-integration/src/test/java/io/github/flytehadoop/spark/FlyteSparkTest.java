/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.S3Server;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A session that exists already opens Flyte's URIs after one call. */
@Tag("slow")
class FlyteSparkTest {
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = SparkSessions.local().getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static DataConfig s3Config() {
    S3Server server = S3Server.shared();
    return DataConfig.builder()
        .s3(
            S3Config.builder()
                .endpoint(server.uri().toString())
                .accessKeyId(server.accessKey())
                .secretAccessKey(server.secretKey())
                .build())
        .build();
  }

  @Test
  @RequireStores("s3")
  void sparksOwnReadersAndWritersOpenS3() {
    FlyteSpark.configure(spark, s3Config());
    String bucket = S3Server.shared().newBucket();
    roundTrip("s3://" + bucket + "/raw/table");
    assertThat(S3Server.shared().client().listObjectsV2(r -> r.bucket(bucket)).contents())
        .extracting(S3Object::key)
        // a directory marker of S3A, which no reader takes for data
        .filteredOn(key -> !key.endsWith("/"))
        .hasSize(2)
        .allMatch(key -> key.startsWith("raw/table/part-"));
  }

  @Test
  @RequireStores("hdfs")
  void sparksOwnReadersAndWritersOpenHdfs() throws Exception {
    FlyteSpark.configure(spark, DataConfig.defaults());
    roundTrip(MiniHdfs.shared().newDirectory() + "/table");
  }

  private static void roundTrip(String uri) {
    spark.range(0, 1000, 1, 2).selectExpr("id", "id % 7 as day").write().parquet(uri);
    List<Row> sums =
        spark.read().parquet(uri).groupBy("day").sum("id").orderBy("day").collectAsList();
    assertThat(sums).hasSize(7);
    assertThat(sums.get(0).getLong(1)).isEqualTo(143L * 142 / 2 * 7);
    spark.range(5).write().mode(SaveMode.Overwrite).parquet(uri);
    assertThat(spark.read().parquet(uri).count()).isEqualTo(5);
  }

  @Test
  void userSettingsStayWhereDataConfigIsSilent() {
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    conf.set("fs.gs.project.id", "mine");
    conf.set("fs.gs.block.size", "4096");
    FlyteSpark.configure(JavaSparkContext.fromSparkContext(spark.sparkContext()), s3Config());
    assertThat(conf.get("fs.gs.project.id")).isEqualTo("mine");
    assertThat(conf.get("fs.gs.block.size")).isEqualTo("4096");
    assertThat(conf.get("fs.s3.impl")).isEqualTo("org.apache.hadoop.fs.s3a.S3AFileSystem");
  }

  @Test
  void aSecondConfigurationReplacesTheFirst() {
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    FlyteSpark.configure(spark, s3Config());
    S3Config other = S3Config.builder().endpoint("http://127.0.0.1:9").build();
    FlyteSpark.configure(spark, DataConfig.builder().s3(other).build());
    assertThat(conf.get("fs.s3a.endpoint")).isEqualTo("http://127.0.0.1:9");
    assertThat(conf.get("fs.s3a.secret.key")).isNull();
  }

  @Test
  void noSecretIsInSparksOwnConfiguration() {
    FlyteSpark.configure(spark, s3Config());
    assertThat(spark.sparkContext().getConf().toDebugString())
        .doesNotContain(S3Server.shared().secretKey());
    assertThat(spark.conf().getAll().toString()).doesNotContain(S3Server.shared().secretKey());
  }
}
