/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.failure;

import io.github.flytehadoop.error.Printable;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Text of others, made fit for one line of a message. */
public final class RootCause {
  private static final int LONGEST = 300;
  private static final Pattern SIGNATURES =
      Pattern.compile(
          "(?i)((?:sig|signature|token|credential|password|secret)[\\w-]*=)[^&\\s,;)]+");

  private static final Pattern SDK =
      Pattern.compile("\\s*\\((?:Service:|SDK Attempt Count:)[^)]*\\)");

  /** What ABFS says: the answer, the whole request, and the answer again. */
  private static final Pattern ABFS =
      Pattern.compile("^Operation failed: \"([^\"]+?)\\.?\", (\\d{3}), [A-Z]+, http.*");

  private RootCause() {}

  /** The innermost message of a chain of causes, in one line and without signatures. */
  public static String why(Throwable cause) {
    Throwable innermost = cause;
    for (int depth = 0; innermost.getCause() != null && depth < 20; depth++) {
      innermost = innermost.getCause();
    }
    String said =
        innermost instanceof UnknownHostException unknown
            ? "the host " + unknown.getMessage() + " is not known"
            : innermost.getMessage();
    return said == null || said.isBlank() ? kind(innermost) : line(said);
  }

  /** What a failure is called that says nothing. */
  private static String kind(Throwable silent) {
    String name = silent.getClass().getSimpleName();
    return name.endsWith("InterruptedException") ? "interrupted" : name;
  }

  /** The first line of a text, without signatures and of a bounded length. */
  static String line(String said) {
    String text = said.strip();
    String first = text.lines().findFirst().orElse(text);
    String line = SDK.matcher(ABFS.matcher(first).replaceAll("$1 ($2)")).replaceAll("");
    String shortened = line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    return SIGNATURES
        .matcher(Printable.sentence(shortened))
        .replaceAll("$1***")
        .replaceAll("\\.$", "");
  }
}
