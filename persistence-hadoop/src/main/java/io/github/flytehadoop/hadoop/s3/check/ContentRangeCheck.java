/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The bytes that a request asks for and those that an answer says it has. */
public final class ContentRangeCheck {
  private static final Pattern ASKED = Pattern.compile("bytes=(\\d{1,18})-(\\d{0,18})");
  private static final Pattern TOLD =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

  private ContentRangeCheck() {}

  /**
   * Whether an answer is one to a request for a range.
   *
   * @param range as in the request's header
   * @param contentRange as in the answer's header, null for an answer with the whole object
   * @param lengthBytes of the answer, or null when it does not say
   */
  public static boolean isAnswer(
      String range, @Nullable String contentRange, @Nullable Long lengthBytes) {
    Matcher asked = ASKED.matcher(range);
    if (!asked.matches()) {
      return true; // such as the last bytes of an object, which we do not ask for
    }
    long first = Long.parseLong(asked.group(1));
    long last = asked.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(asked.group(2));
    if (contentRange == null) {
      // some servers answer so when the range is the whole object
      return first == 0 && lengthBytes != null && lengthBytes - 1 <= last;
    }
    Matcher told = TOLD.matcher(contentRange);
    return told.matches() && is(told, first, last, lengthBytes);
  }

  private static boolean is(Matcher told, long first, long last, @Nullable Long lengthBytes) {
    long end = Long.parseLong(told.group(2));
    boolean toTheEnd =
        told.group(3).equals("*")
            ? end <= last
            : end == Math.min(last, Long.parseLong(told.group(3)) - 1);
    return Long.parseLong(told.group(1)) == first
        && toTheEnd
        && (lengthBytes == null || lengthBytes == end - first + 1);
  }
}
