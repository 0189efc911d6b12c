/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.RawData;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What Spark's metric system is told, and what is left when an application has ended. */
@Tag("slow")
class SparkMetricsTest {
  private final MetricRegistry registry = new MetricRegistry();
  private S3Endpoint s3;
  private SparkSession spark;

  @BeforeEach
  void start() throws Exception {
    s3 = S3Endpoint.start();
    s3.createBucket("bucket");
    FlyteFile file = FlyteFile.of(s3.uri(), TestSecrets.S3_ACCESS_KEY, TestSecrets.S3_SECRET_KEY);
    spark = SparkSessions.withPlugin(SparkSessions.local(), file).getOrCreate();
    SparkMetrics.register(registry);
  }

  @AfterEach
  void stop() {
    spark.stop();
    s3.close();
  }

  private double value(String meter) {
    return ((Number) registry.getGauges().get(meter).getValue()).doubleValue();
  }

  @Test
  void everyRequestAndEveryRetryOfSparksWritersIsCounted() {
    double requests = value("requests");
    double retries = value("retries");
    double files = value("files");
    double seconds = value("seconds");
    s3.faults(
        FaultPlan.of(FaultRule.on(RequestKind.UPLOAD_PART).first(1).gives(Fault.internalError())));

    spark.range(0, 1000, 1, 2).write().parquet("s3://bucket/table");
    assertThat(spark.read().parquet("s3://bucket/table").count()).isEqualTo(1000);

    assertThat(value("requests") - requests).isEqualTo(s3.requests().size());
    assertThat(value("retries") - retries).isEqualTo(1);
    assertThat(value("files") - files).isEqualTo(2);
    assertThat(value("seconds")).isGreaterThan(seconds);
    assertThat(value("bytesWritten")).isPositive();
    assertThat(value("bytesRead")).isPositive();
  }

  @Test
  void aProviderEndsWithTheApplicationAndLeavesNothing() throws Exception {
    FileAccessProvider provider = FlyteSpark.provider(spark, "s3://bucket/raw");
    String uri = provider.putRawData(RawData.text("text")).uri();
    Path sandbox = provider.localSandboxDir();
    assertThat(sandbox).isDirectory();

    spark.stop();

    assertThat(sandbox).doesNotExist();
    assertThatThrownBy(() -> provider.stat(uri)).isInstanceOf(IllegalStateException.class);
  }
}
