/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Request line and headers.
 *
 * @param rawPath the path as sent, still encoded
 * @param rawQuery the query as sent, or empty
 * @param headers by lower-case name; those of one name joined by commas
 */
record HttpHead(
    String method,
    String rawPath,
    String rawQuery,
    Map<String, String> query,
    Map<String, String> headers) {
  private static final int MAX_LINE = 64 * 1024;

  /** Reads the next head, or nothing when the client closed the connection between requests. */
  static Optional<HttpHead> read(InputStream in) throws IOException {
    Optional<String> first = line(in);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    String[] words = first.get().split(" ", -1);
    if (words.length != 3) {
      throw new IOException("not an HTTP request: " + first.get());
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = nextLine(in); !line.isEmpty(); line = nextLine(in)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        headers.merge(name, line.substring(colon + 1).strip(), (a, b) -> a + "," + b);
      }
    }
    String target = words[1];
    int mark = target.indexOf('?');
    String rawQuery = mark < 0 ? "" : target.substring(mark + 1);
    String rawPath = mark < 0 ? target : target.substring(0, mark);
    return Optional.of(new HttpHead(words[0], rawPath, rawQuery, parseQuery(rawQuery), headers));
  }

  /** A line without its line end, which every reader of a head or a chunk needs. */
  static String nextLine(InputStream in) throws IOException {
    return line(in).orElseThrow(() -> new EOFException("connection closed inside a request"));
  }

  /** Percent-decodes UTF-8; a plus sign stays a plus sign. */
  static String decode(String encoded) {
    return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  long contentLength() {
    return header("content-length").map(Long::parseLong).orElse(0L);
  }

  HttpHead withHeaders(Map<String, String> changed) {
    Map<String, String> merged = new LinkedHashMap<>(headers);
    merged.putAll(changed);
    return new HttpHead(method, rawPath, rawQuery, query, merged);
  }

  HttpHead withoutHeader(String name) {
    Map<String, String> fewer = new LinkedHashMap<>(headers);
    fewer.remove(name);
    return new HttpHead(method, rawPath, rawQuery, query, fewer);
  }

  private static Map<String, String> parseQuery(String rawQuery) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : rawQuery.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        query.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return Collections.unmodifiableMap(query);
  }

  private static Optional<String> line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        if (line.length() > 0) {
          throw new EOFException("connection closed inside a line");
        }
        return Optional.empty();
      }
      if (line.length() > MAX_LINE) {
        throw new IOException("line longer than " + MAX_LINE + " bytes");
      }
      line.append((char) c);
    }
    int end = line.length();
    boolean carriageReturn = end > 0 && line.charAt(end - 1) == '\r';
    return Optional.of(line.substring(0, carriageReturn ? end - 1 : end));
  }
}
