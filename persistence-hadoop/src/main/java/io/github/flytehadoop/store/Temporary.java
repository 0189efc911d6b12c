/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/**
 * The reserved names under which files wait to be published. They are short whatever the final name
 * is, so that a name of 255 bytes works; listings leave them out and nobody may use them.
 */
public final class Temporary {
  private static final String PREFIX = "._flyte_tmp_";

  /** For servers that hide names with a dot from their own listings. */
  private static final String VISIBLE_PREFIX = "_flyte_tmp_";

  private static final String JOURNAL_PREFIX = "._flyte_job_";

  /** Between a temporary name and the name that the file had. */
  private static final char WAS = '=';

  private static final int LONGEST = 255;

  private Temporary() {}

  /** A name that says which run it belongs to; an empty tag says nothing. */
  public static String newName(String tag) {
    return PREFIX + tag + random();
  }

  /** What all of {@link #newName} begin with. */
  public static String start(String tag) {
    return PREFIX + tag;
  }

  /** A new temporary name for stores that hide names with a leading dot. */
  public static String newVisibleName(String tag) {
    return VISIBLE_PREFIX + tag + random();
  }

  /**
   * The name of a file that makes way for another until that one is there. It tells the name which
   * the file had, unless that is too long for it.
   *
   * @param temporary a new temporary name of the run
   */
  public static String asideName(String temporary, String name) {
    String told = temporary + WAS + name;
    return told.getBytes(StandardCharsets.UTF_8).length <= LONGEST ? told : temporary + WAS;
  }

  /** Whether a name is one of {@link #asideName}. */
  public static boolean isAside(String name) {
    return isReserved(name) && name.indexOf(WAS) >= 0;
  }

  /** The name that a file had before it made way; empty when it was too long to be told. */
  public static String nameBefore(String aside) {
    return aside.substring(aside.indexOf(WAS) + 1);
  }

  /** What the names of one run have in common: the same for the same job id. */
  public static String tagOf(String jobId) {
    long hash = 1125899906842597L;
    for (int i = 0; i < jobId.length(); i++) {
      hash = 31 * hash + jobId.charAt(i);
    }
    return String.format(Locale.ROOT, "%016x_", hash);
  }

  /** Whether a name was made with this tag. */
  public static boolean isOf(String name, String tag) {
    return name.startsWith(PREFIX + tag) || name.startsWith(VISIBLE_PREFIX + tag);
  }

  /** The name of a file that listings leave out too, in which a run notes how far it got. */
  public static String journalName(String jobId, int number) {
    return String.format(Locale.ROOT, "%s%s_%06d", JOURNAL_PREFIX, jobId, number);
  }

  private static String random() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, 16);
  }

  /** Whether a name is ours, and no listing shows it. */
  public static boolean isName(String name) {
    return isReserved(name) || name.startsWith(JOURNAL_PREFIX);
  }

  private static boolean isReserved(String name) {
    return name.startsWith(PREFIX) || name.startsWith(VISIBLE_PREFIX);
  }

  /** Whether a name of a relative path is reserved. */
  public static boolean isBelow(String path) {
    for (int start = 0; start >= 0; ) {
      if (isName(path.substring(start))) {
        return true;
      }
      int slash = path.indexOf('/', start);
      start = slash < 0 ? -1 : slash + 1;
    }
    return false;
  }

  /**
   * Refuses to write under a reserved name.
   *
   * @throws TransferException of kind {@code UNSUPPORTED}
   */
  public static void refuseAsTarget(Location at) throws TransferException {
    if (isReserved(at.name())) {
      throw new TransferException(
          FailureKind.UNSUPPORTED,
          at.text(),
          "Cannot write "
              + Printable.of(at.text())
              + ": names that start with "
              + PREFIX
              + " are reserved for files on their way. Choose another name.",
          null);
    }
  }
}
