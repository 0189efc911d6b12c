/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import io.github.flytehadoop.hadoop.overlay.OwnKey;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Decides which client serves a bucket: ours, or Hadoop's file system. */
public final class GcsClients {

  private static final String CLIENT = OwnKey.CLIENT.key();

  private static final String DELEGATION = "fs.gs.delegation.token.binding";

  private static final boolean HAS_GUAVA = hasGuava(GcsClients.class.getClassLoader());

  private GcsClients() {}

  /**
   * What only Hadoop's file system serves, such as a setting as {@code key=value} without secrets;
   * empty when our own client does.
   */
  public static Optional<String> needsHadoop(Configuration conf) {
    if (conf.getTrimmed(CLIENT, "").equals("hadoop")) {
      return Optional.of(CLIENT + "=hadoop");
    }
    if (!HAS_GUAVA) {
      return Optional.of("a Guava on the class path that is too old for Google's client");
    }
    String binding = conf.getTrimmed(DELEGATION, "");
    return binding.isEmpty() ? Optional.empty() : Optional.of(DELEGATION + "=" + binding);
  }

  /**
   * Whether Google's client finds the Guava that it was compiled with, or one like it. Spark 3 has
   * 14 in front of what an application brings; what is called here came with 20.
   */
  static boolean hasGuava(ClassLoader loader) {
    try {
      Class.forName("com.google.common.base.Preconditions", false, loader)
          .getMethod("checkArgument", boolean.class, String.class, Object.class);
      return true;
    } catch (ReflectiveOperationException | LinkageError absent) {
      return false;
    }
  }
}
