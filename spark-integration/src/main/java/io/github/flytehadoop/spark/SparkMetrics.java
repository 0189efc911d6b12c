/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.github.flytehadoop.hadoop.s3.http.S3Totals;
import io.github.flytehadoop.location.StoreKind;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import org.apache.hadoop.fs.FileSystem;

/**
 * What this JVM has moved, for Spark's metric system. Bytes are those of every remote file system;
 * files are those that Spark's writers and the providers have written or fetched; requests, retries
 * and seconds are those of S3.
 */
final class SparkMetrics {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final LongAdder FILES = new LongAdder();
  private static final LongAdder REQUESTS = new LongAdder();
  private static final LongAdder RETRIES = new LongAdder();
  private static final LongAdder NANOS = new LongAdder();

  private SparkMetrics() {}

  static void register(MetricRegistry registry) {
    gauge(registry, "bytesRead", () -> bytes(FileSystem.Statistics::getBytesRead));
    gauge(registry, "bytesWritten", () -> bytes(FileSystem.Statistics::getBytesWritten));
    gauge(registry, "files", FILES::sum);
    gauge(registry, "requests", () -> REQUESTS.sum() + S3Totals.requests());
    gauge(registry, "retries", () -> RETRIES.sum() + S3Totals.retries());
    gauge(registry, "seconds", () -> (NANOS.sum() + S3Totals.nanos()) / NANOS_PER_SECOND);
  }

  private static void gauge(MetricRegistry registry, String name, Gauge<Number> value) {
    // two applications in one JVM, one after the other, have a registry each
    registry.gauge(name, () -> value);
  }

  @SuppressWarnings("deprecation") // the only sum over all file systems of a JVM that Hadoop has
  private static long bytes(ToLongFunction<FileSystem.Statistics> of) {
    return FileSystem.getAllStatistics().stream()
        .filter(statistics -> StoreKind.of(statistics.getScheme()) != StoreKind.FILE)
        .mapToLong(of)
        .sum();
  }

  static void filesMoved(long files) {
    FILES.add(files);
  }

  static void requestSent(boolean again) {
    REQUESTS.increment();
    if (again) {
      RETRIES.increment();
    }
  }

  static void requestAnswered(long nanos) {
    NANOS.add(nanos);
  }
}
