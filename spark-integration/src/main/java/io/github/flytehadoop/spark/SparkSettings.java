/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.hadoop.HadoopSettings;
import java.util.Map;

/** The Hadoop settings of a Spark session: those of the stores, and how Spark writes to them. */
final class SparkSettings {
  private static final Map<String, String> WRITES =
      // Python reads every file of a dataset's directory as data
      Map.of("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false");

  private SparkSettings() {}

  static HadoopSettings of(DataConfig dataConfig, Map<String, String> environment) {
    return HadoopSettings.shared(dataConfig, environment).suggesting(WRITES);
  }
}
