/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What came of the digest that the last request of an upload carries. */
final class GcsDigest {
  /** The connector, of an answer: GCS itself would have refused, emulators do not. */
  private static final Pattern PUBLISHED =
      Pattern.compile(
          "Data integrity check failed .* server-provided CRC32C \\(([A-Za-z0-9+/=]{8})\\)");

  private static final String REFUSED = "doesn't match calculated CRC32C";

  private GcsDigest() {}

  /** Whether other bytes arrived than were sent. */
  static boolean isRefused(Throwable failure) {
    for (Throwable link = failure; link != null; link = link.getCause()) {
      if (said(link).contains(REFUSED)) {
        return true;
      }
    }
    return published(failure) != null;
  }

  /** The CRC32C, in hexadecimal, of the other bytes where they were published, or null. */
  static @Nullable String published(Throwable failure) {
    for (Throwable link = failure; link != null; link = link.getCause()) {
      Matcher found = PUBLISHED.matcher(said(link));
      if (found.find()) {
        return HexFormat.of().formatHex(Base64.getDecoder().decode(found.group(1)));
      }
    }
    return null;
  }

  private static String said(Throwable link) {
    return String.valueOf(link.getMessage());
  }
}
