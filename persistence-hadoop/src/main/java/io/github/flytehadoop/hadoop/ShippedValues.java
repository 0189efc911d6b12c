/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * What a worker has to set to open a file system as it is opened here, whatever its own
 * configuration says: the user's keys of stores, and ours where the user's do not win.
 */
final class ShippedValues {
  private final Configuration base;
  private final Map<String, String> own = new HashMap<>();

  ShippedValues(Configuration base) {
    this.base = base;
    for (Map.Entry<String, String> entry : base) {
      String key = entry.getKey();
      if ((key.startsWith("fs.") || key.startsWith("dfs.")) && !isDefault(base, key)) {
        own.put(key, entry.getValue());
      }
    }
  }

  /** A worker could not tell what gives way from what does not: here it has given way. */
  Map<String, String> of(HadoopSettings settings) {
    Configuration effective = settings.applyTo(base);
    Map<String, String> values = new HashMap<>(own);
    settings
        .asMap()
        .forEach(
            (key, value) -> {
              String users = effective.getRaw(key);
              if (HadoopSettings.isLaid(effective, key)) {
                values.put(key, value);
              } else if (users != null && !isDefault(effective, key)) {
                values.putIfAbsent(key, users);
              }
            });
    return values;
  }

  private static boolean isDefault(Configuration configuration, String key) {
    String[] sources = configuration.getPropertySources(key);
    return sources != null
        && sources.length > 0
        && String.valueOf(sources[0]).endsWith("-default.xml");
  }
}
