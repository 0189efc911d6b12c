/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import java.util.UUID;

/**
 * The reserved names under which files wait to be published. They are short whatever the final name
 * is, so that a name of 255 bytes works; listings leave them out and nobody may use them.
 */
public final class Temporary {
  private static final String PREFIX = "._flyte_tmp_";

  /** For servers that hide names with a dot from their own listings. */
  private static final String VISIBLE_PREFIX = "_flyte_tmp_";

  private Temporary() {}

  static String newName() {
    return PREFIX + random();
  }

  static String newVisibleName() {
    return VISIBLE_PREFIX + random();
  }

  private static String random() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, 16);
  }

  /** Whether a name is reserved. */
  public static boolean isName(String name) {
    return name.startsWith(PREFIX) || name.startsWith(VISIBLE_PREFIX);
  }

  /**
   * Refuses to write under a reserved name.
   *
   * @throws TransferException of kind {@code UNSUPPORTED}
   */
  public static void refuseAsTarget(Location at) throws TransferException {
    if (isName(at.name())) {
      throw new TransferException(
          FailureKind.UNSUPPORTED,
          at.text(),
          "Cannot write "
              + Words.printable(at.text())
              + ": names that start with "
              + PREFIX
              + " are reserved for files on their way. Choose another name.",
          null);
    }
  }
}
