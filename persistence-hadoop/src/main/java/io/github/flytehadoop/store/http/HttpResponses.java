/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.http;

import io.github.flytehadoop.store.Attributes;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the heads of HTTP messages say, and how a URL is spelled. */
final class HttpResponses {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Pattern RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");
  private static final String OF_URLS = "-._~:/?[]@!$&'()*+,;=%";

  private HttpResponses() {}

  /** The length, or unknown: also where the body is compressed, so that it is another's. */
  static long length(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Encoding").isPresent()
        ? Attributes.UNKNOWN_LENGTH
        : response.headers().firstValueAsLong("Content-Length").orElse(Attributes.UNKNOWN_LENGTH);
  }

  /** The length of the whole of which a 206 has a part. */
  static long lengthOfWhole(HttpResponse<?> response) {
    Matcher range = range(response);
    return range.matches() && !range.group(2).equals("*")
        ? Long.parseLong(range.group(2))
        : Attributes.UNKNOWN_LENGTH;
  }

  /** Where a 206 starts, or -1. */
  static long firstByte(HttpResponse<?> response) {
    Matcher range = range(response);
    return range.matches() ? Long.parseLong(range.group(1)) : -1;
  }

  private static Matcher range(HttpResponse<?> response) {
    return RANGE.matcher(response.headers().firstValue("Content-Range").orElse(""));
  }

  /** An etag that promises equal bytes; a weak one does not. */
  static @Nullable String strongEtag(HttpResponse<?> response) {
    return response.headers().firstValue("ETag").filter(tag -> !tag.startsWith("W/")).orElse(null);
  }

  static @Nullable Instant modified(HttpResponse<?> response) {
    return date(response, "Last-Modified");
  }

  private static @Nullable Instant date(HttpResponse<?> response, String header) {
    String said = response.headers().firstValue(header).orElse("");
    try {
      return DateTimeFormatter.RFC_1123_DATE_TIME.parse(said, Instant::from);
    } catch (DateTimeException unreadable) {
      return null;
    }
  }

  /**
   * Whether a version has a mark that another version cannot have: a strong etag, or a date older
   * than the answer by more than the second that dates are exact to.
   */
  static boolean isPinned(HttpResponse<?> response) {
    Instant modified = modified(response);
    Instant sent = date(response, "Date");
    return strongEtag(response) != null
        || (modified != null && sent != null && modified.isBefore(sent.minusSeconds(1)));
  }

  static String date(Instant instant) {
    return DATE.format(instant);
  }

  /**
   * A URL with everything encoded that may not stand in one; what is encoded stays as it is. What
   * follows a {@code #} is for browsers and is not sent.
   */
  static URI encoded(String url) {
    return encoded(url.getBytes(StandardCharsets.UTF_8));
  }

  /** The same for bytes as they were sent. */
  static URI encoded(byte[] url) {
    StringBuilder spelled = new StringBuilder();
    for (byte b : url) {
      char c = (char) (b & 0xff);
      if (c == '#') {
        break;
      }
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || OF_URLS.indexOf(c) >= 0);
      spelled.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return URI.create(spelled.toString());
  }
}
