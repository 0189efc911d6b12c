/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import io.github.flytehadoop.config.ConfigKey;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.Secret;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.hadoop.SecretMasking;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A failure in words: its text, a blank line, its trace. Secrets are masked. */
final class FailureText {
  private static final String MASK = "***";

  /** A shorter value would be found in words that are no secret. */
  private static final int SHORTEST_SECRET = 8;

  /** The platform reads no more than a few times of this, and in Flyte 2 ignores what is larger. */
  static final int MOST_BYTES = 60 << 10;

  private final List<String> secrets;

  FailureText(DataConfig config, Map<String, String> environment) {
    Set<String> found = new LinkedHashSet<>();
    for (ConfigKey key : ConfigKey.values()) {
      if (key.valueIn(config) instanceof Secret secret) {
        found.add(secret.reveal());
      }
    }
    environment.forEach(
        (name, value) -> {
          if (SecretMasking.isSecret(name)) {
            found.add(value);
          }
        });
    this.secrets = new ArrayList<>(found);
    secrets.removeIf(secret -> secret.length() < SHORTEST_SECRET);
    // one may be part of another
    secrets.sort(Comparator.comparingInt(String::length).reversed());
  }

  String of(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    String text = Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getName());
    return cut(masked(text + "\n\n" + trace), MOST_BYTES);
  }

  private String masked(String text) {
    String masked = text;
    for (String secret : secrets) {
      masked = masked.replace(secret, MASK);
    }
    return Printable.lines(masked).strip();
  }

  /** Keeps the head and the tail of a text that is too long as UTF-8. */
  static String cut(String text, int mostBytes) {
    int all = text.getBytes(StandardCharsets.UTF_8).length;
    if (all <= mostBytes) {
      return text;
    }
    String note = "\n[... of " + all + " bytes the middle is left out ...]\n";
    int half = (mostBytes - note.length()) / 2;
    return head(text, half) + note + tail(text, half);
  }

  private static String head(String text, int mostBytes) {
    int end = 0;
    int bytes = 0;
    while (end < text.length()) {
      int next = text.codePointAt(end);
      bytes += utf8Length(next);
      if (bytes > mostBytes) {
        break;
      }
      end += Character.charCount(next);
    }
    return text.substring(0, end);
  }

  private static String tail(String text, int mostBytes) {
    int start = text.length();
    int bytes = 0;
    while (start > 0) {
      int before = text.codePointBefore(start);
      bytes += utf8Length(before);
      if (bytes > mostBytes) {
        break;
      }
      start -= Character.charCount(before);
    }
    return text.substring(start);
  }

  private static int utf8Length(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    return codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }
}
