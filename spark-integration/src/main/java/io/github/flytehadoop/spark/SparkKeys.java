/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.config.ConfigKey;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.ValueType;
import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.spark.data.DatasetWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import scala.Tuple2;

/**
 * The {@code spark.flyte.*} keys: {@code spark.flyte.config} names a file, and {@code
 * spark.flyte.SECTION.OPTION} is an option of Flyte's INI file, such as {@code
 * spark.flyte.aws.endpoint}. They win over the environment.
 */
final class SparkKeys {
  static final String PREFIX = "spark.flyte.";

  /** Path of a configuration file, on the driver. */
  static final String FILE = PREFIX + "config";

  /** The prefix below which a task's data goes. */
  static final String RAW_OUTPUT_PREFIX = PREFIX + "raw-output-prefix";

  /** Of one write: replace what is there, though the mode says append. */
  static final String REPLACES = DatasetWriter.REPLACES;

  private SparkKeys() {}

  /**
   * What the keys, the environment and the file say.
   *
   * @throws ConfigException also when a key holds a secret: Spark shows its configuration to
   *     everyone who sees its UI
   */
  static DataConfig dataConfig(SparkConf conf, Map<String, String> environment) {
    Map<String, String> variables = variables(conf, environment);
    return conf.contains(FILE)
        ? DataConfig.auto(Path.of(conf.get(FILE)), variables)
        : DataConfig.auto(null, variables);
  }

  /** The environment with what the keys say in its place. */
  static Map<String, String> variables(SparkConf conf, Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>(environment);
    Map<String, String> given = given(conf);
    for (ConfigKey key : ConfigKey.values()) {
      String name = PREFIX + key.section() + "." + key.option();
      String value = given.remove(name.toLowerCase(Locale.ROOT));
      if (value != null) {
        refuseSecret(key, name);
        variables.put(key.environmentNames().get(0), value);
      }
    }
    refuseUnknown(given);
    return variables;
  }

  private static Map<String, String> given(SparkConf conf) {
    Map<String, String> given = new TreeMap<>();
    for (Tuple2<String, String> entry : conf.getAllWithPrefix(PREFIX)) {
      given.put(PREFIX + entry._1().toLowerCase(Locale.ROOT), entry._2());
    }
    given.keySet().removeIf(key -> key.equals(FILE));
    given.remove(RAW_OUTPUT_PREFIX);
    return given;
  }

  private static void refuseSecret(ConfigKey key, String name) {
    if (key.type() == ValueType.SECRET || key.type() == ValueType.IDENTIFIER) {
      throw new ConfigException(
          name,
          "Spark's configuration",
          "credentials must not be there, because Spark shows it in its UI and event log. Set the"
              + " environment variable "
              + key.environmentNames().get(0)
              + " of the driver, or name a file with "
              + FILE
              + ".");
    }
  }

  private static void refuseUnknown(Map<String, String> rest) {
    if (!rest.isEmpty()) {
      throw new ConfigException(
          rest.keySet().iterator().next(),
          "Spark's configuration",
          "there is no such key. See docs/config-keys.md: the option of a section of the INI file"
              + " is "
              + PREFIX
              + "SECTION.OPTION.");
    }
  }
}
