/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.check;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values of user metadata as headers can carry them. Headers are ASCII, and a client that sends
 * other characters all the same has them replaced on the way; so they are written as RFC 2047 says,
 * which is also how S3 shows values that others have stored.
 */
public final class MetadataEncoding {
  private static final Pattern ENCODED = Pattern.compile("=\\?UTF-8\\?B\\?([A-Za-z0-9+/=]*)\\?=");

  private MetadataEncoding() {}

  /** As a header carries it: itself when it is printable ASCII. */
  public static String encode(String value) {
    boolean plain = value.chars().allMatch(character -> character >= ' ' && character <= '~');
    return plain && !ENCODED.matcher(value).matches()
        ? value
        : "=?UTF-8?B?"
            + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))
            + "?=";
  }

  /** What was meant by a header. */
  public static String decode(String header) {
    Matcher encoded = ENCODED.matcher(header);
    if (!encoded.matches()) {
      return header;
    }
    try {
      return new String(Base64.getDecoder().decode(encoded.group(1)), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notOurs) {
      return header;
    }
  }
}
