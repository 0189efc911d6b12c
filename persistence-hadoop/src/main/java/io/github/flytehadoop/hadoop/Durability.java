/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.hadoop.overlay.OwnKey;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;

/** When a file on a disk counts as written. Object stores keep what they have acknowledged. */
public enum Durability {
  /** When the machine has it. Should the power fail soon after, a new file may be gone or empty. */
  BUFFERED,
  /** When the disk has its bytes, and then its name: after a power cut it is whole or absent. */
  FORCED;

  /** Begins with {@code fs.}, so that it reaches the workers of a cluster. */
  static final String KEY = OwnKey.DURABILITY.key();

  /**
   * What a configuration asks for.
   *
   * @throws IllegalArgumentException naming the key and its values
   */
  public static Durability of(Configuration configuration) {
    String asked = configuration.getTrimmed(KEY, "buffered");
    for (Durability durability : values()) {
      if (durability.name().toLowerCase(Locale.ROOT).equals(asked)) {
        return durability;
      }
    }
    throw Problem.cannot("use " + KEY, asked).because("give buffered or forced").argument();
  }
}
