/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The reserved names under which files wait to be published. They are short whatever the final name
 * is, so that a name of 255 bytes works. Listings leave them out and nobody may use them; a name
 * that only begins like one of them is a name like any other.
 */
public final class ReservedNames {
  private static final String PREFIX = "._flyte_tmp_";

  /** For servers that hide names with a dot from their own listings. */
  private static final String VISIBLE_PREFIX = "_flyte_tmp_";

  private static final String JOURNAL_PREFIX = "._flyte_job_";
  private static final String PROBE_PREFIX = "_flyte_probe_";
  private static final Pattern WAITING =
      Pattern.compile("\\.?_flyte_tmp_([0-9a-f]{16}_)?[0-9a-f]{16}(=.*)?", Pattern.DOTALL);
  private static final Pattern JOURNAL =
      Pattern.compile("\\._flyte_job_[A-Za-z0-9][A-Za-z0-9._-]{0,99}_[0-9]{6}");
  private static final Pattern PROBE = Pattern.compile("_flyte_probe_[0-9a-f]{16}");

  /** Between a temporary name and the name that the file had. */
  private static final char WAS = '=';

  private static final int LONGEST = 255;

  private ReservedNames() {}

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
    return WAITING.matcher(name).matches() && name.indexOf(WAS) >= 0;
  }

  /** The name that a file had before it made way; empty when it was too long to be told. */
  public static String nameBefore(String aside) {
    return aside.substring(aside.indexOf(WAS) + 1);
  }

  /** A new name for an empty file that shows whether two locations are one place. */
  public static String newProbeName() {
    return PROBE_PREFIX + random();
  }

  /**
   * What the names of one run have in common: the same for the same job id and the same roots, and
   * for no others.
   *
   * @param roots where the files of the run are and go
   */
  public static String tagOf(String jobId, List<String> roots) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(jobId.getBytes(StandardCharsets.UTF_8));
      for (String root : roots) {
        sha256.update((byte) '\n');
        sha256.update(root.getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(sha256.digest(), 0, 8) + "_";
    } catch (NoSuchAlgorithmException broken) {
      throw new IllegalStateException("Every JDK has SHA-256.", broken);
    }
  }

  /** Whether a name was made with this tag. */
  public static boolean isOf(String name, String tag) {
    return (name.startsWith(PREFIX + tag) || name.startsWith(VISIBLE_PREFIX + tag))
        && WAITING.matcher(name).matches();
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
    return (name.startsWith("._flyte_") || name.startsWith("_flyte_"))
        && (WAITING.matcher(name).matches()
            || JOURNAL.matcher(name).matches()
            || PROBE.matcher(name).matches());
  }

  /** Whether a name of a relative path is reserved. */
  public static boolean isBelow(String path) {
    for (int start = 0; start <= path.length(); ) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      if (isName(path.substring(start, end))) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }

  /**
   * Refuses to write under a name of a file on its way.
   *
   * @throws TransferException of kind {@code UNSUPPORTED}
   */
  public static void refuseAsTarget(Location at) throws TransferException {
    if (WAITING.matcher(at.name()).matches()) {
      throw Problem.cannot("write", at.text())
          .because("this name is reserved for files on their way")
          .remedy("Choose another name.")
          .exception();
    }
  }
}
