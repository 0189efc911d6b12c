/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.hadoop.SecretMasking;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Tells which keys of a user's own configuration hold secrets. */
public final class ConfigurationSecrets {
  private ConfigurationSecrets() {}

  /** The keys whose values must be shown to nobody. */
  public static List<String> keys(Configuration configuration) {
    List<String> keys = new ArrayList<>();
    for (Map.Entry<String, String> entry : configuration) {
      if (SecretMasking.isSecret(entry.getKey())) {
        keys.add(entry.getKey());
      }
    }
    return keys;
  }
}
