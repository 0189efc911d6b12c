/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import io.github.flytehadoop.config.DataConfig;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;

/** Configurations for code that makes its own file systems: Spark, MapReduce, DistCp. */
public final class HadoopConfigurations {
  private HadoopConfigurations() {}

  /**
   * A new Configuration: the base with the implementations, endpoints, credentials and retries of a
   * {@code DataConfig}. What the user has set in the base and {@code DataConfig} leaves open stays.
   * The base is not changed.
   *
   * <p>A setting of the base for one bucket, {@code fs.s3a.bucket.NAME.*}, wins over {@code
   * DataConfig}, as everywhere in S3A.
   *
   * @throws io.github.flytehadoop.error.ConfigException if the configuration of a store is
   *     incomplete
   */
  public static Configuration of(DataConfig dataConfig, Configuration base) {
    Objects.requireNonNull(dataConfig, "dataConfig");
    Objects.requireNonNull(base, "base");
    return HadoopSettings.shared(dataConfig, System.getenv()).applyTo(base);
  }
}
