/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.hadoop.HadoopSettings;
import io.github.flytehadoop.hadoop.azure.AzureSettings;
import io.github.flytehadoop.location.StoreKind;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.SQLHadoopMapReduceCommitProtocol;

/** What a Spark application needs to know: settings of the stores, and how Spark writes to them. */
final class SparkSettings {
  private static final String MANIFESTS = "org.apache.hadoop.";
  private static final String COMMITTERS = "mapreduce.outputcommitter.factory.scheme.";

  private static final Map<String, String> WRITES = new TreeMap<>();

  static {
    // Python reads every file of a dataset's directory as data
    WRITES.put("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false");
    // a factory that is not there would fail the job, where Spark's own committer is safe
    if (DirectCommitters.hasManifests()) {
      WRITES.put(
          COMMITTERS + StoreKind.GCS.scheme(),
          MANIFESTS + "mapreduce.lib.output.committer.manifest.ManifestCommitterFactory");
      for (String scheme : AzureSettings.SCHEMES) {
        WRITES.put(
            COMMITTERS + scheme, MANIFESTS + "fs.azurebfs.commit.AzureManifestCommitterFactory");
      }
    }
    // requests and retries of S3, for Spark's metrics
    WRITES.put("fs.s3a.audit.execution.interceptors", S3RequestMeter.class.getName());
  }

  private static final String COMMIT = "spark.sql.sources.commitProtocolClass";
  private static final String TIMESTAMPS = "spark.sql.parquet.outputTimestampType";

  /** Spark's own keys; none is secret. */
  private static final Map<String, String> SESSION =
      Map.of(COMMIT, FlyteCommitProtocol.class.getName(), TIMESTAMPS, "TIMESTAMP_MICROS");

  /** What Spark does when nobody says anything. */
  private static final Map<String, String> SPARKS_OWN =
      Map.of(COMMIT, SQLHadoopMapReduceCommitProtocol.class.getName(), TIMESTAMPS, "INT96");

  private static final String REDACTION = "spark.redaction.regex";
  private static final String REDACTED_BY_SPARK = "(?i)secret|password|token|access[.]?key";
  private static final String REDACTED =
      "(?i:secret|password|token|access[.]?key|account[.]?key|encryption[.]?key"
          + "|client-provided-key|credential|signature|proxy[.]username)";

  private SparkSettings() {}

  static HadoopSettings of(DataConfig dataConfig, Map<String, String> environment) {
    return HadoopSettings.shared(dataConfig, environment).suggesting(WRITES);
  }

  /** Configures a session that exists already, where its user has chosen nothing. */
  static void configure(SparkSession spark) {
    SESSION.forEach(
        (key, value) -> {
          if (spark.conf().get(key).equals(SPARKS_OWN.get(key))) {
            spark.conf().set(key, value);
          }
        });
  }

  /**
   * Lets Spark hide every secret key of Hadoop: its own pattern misses the account keys of Azure
   * and all encryption keys.
   */
  static void redact(SparkConf conf) {
    String current = conf.get(REDACTION, REDACTED_BY_SPARK);
    if (!current.contains(REDACTED)) {
      conf.set(REDACTION, "(?:" + current + ")|" + REDACTED);
    }
  }

  /** Configures an application: its Hadoop configuration, and the sessions that it will make. */
  static void configure(SparkConf conf, Configuration target, HadoopSettings settings) {
    redact(conf);
    SESSION.forEach(conf::setIfMissing);
    settings.layOver(target);
  }
}
