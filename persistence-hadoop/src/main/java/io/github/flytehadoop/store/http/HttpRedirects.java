/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.http;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where an answer of a web server leads to. The JVM's client gives up at addresses that are spelled
 * as browsers take them, with spaces, quotes or letters of any language.
 */
final class HttpRedirects {
  /** As browsers do. */
  static final int MOST = 20;

  private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
  private static final Pattern STRAY_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final Pattern BEGINNING =
      Pattern.compile("((?:[A-Za-z][A-Za-z0-9+.-]*:)?(?://[^/?#]*)?)([^?#]*)(.*)", Pattern.DOTALL);

  private HttpRedirects() {}

  static boolean isRedirect(HttpResponse<?> response) {
    return STATUSES.contains(response.statusCode()) && !address(response).isEmpty();
  }

  private static String address(HttpResponse<?> response) {
    return response.headers().firstValue("Location").orElse("").strip();
  }

  /**
   * The address of the next request.
   *
   * @throws TransferException when it is no web address, or one that is not encrypted behind one
   *     that is
   */
  static URI next(String verb, Location at, HttpResponse<?> response) throws TransferException {
    String said = new String(bytes(address(response)), StandardCharsets.UTF_8);
    URI from = response.uri();
    try {
      URI next = resolved(from, spelled(address(response)));
      String scheme = String.valueOf(next.getScheme()).toLowerCase(Locale.ROOT);
      boolean secure = "https".equalsIgnoreCase(from.getScheme());
      if (!scheme.equals("https") && (secure || !scheme.equals("http"))) {
        throw refused(
            verb, at, said, secure && scheme.equals("http") ? " (it is not encrypted)" : "");
      }
      if (next.getHost() == null) {
        throw refused(verb, at, said, " (it names no host)");
      }
      return next;
    } catch (IllegalArgumentException malformed) {
      throw refused(verb, at, said, " (it is no URL)");
    }
  }

  static TransferException tooMany(String verb, Location at, URI last) {
    return failure(
        verb,
        at,
        "the server redirects in a circle, or more than "
            + MOST
            + " times, at last to "
            + shown(last.toString()));
  }

  private static TransferException refused(String verb, Location at, String to, String why) {
    return failure(verb, at, "the server leads to " + shown(to) + why);
  }

  /** Without the query, where signatures are, whatever the scheme. */
  private static String shown(String address) {
    int query = address.indexOf('?');
    return Printable.unchecked(query < 0 ? address : address.substring(0, query) + "?***");
  }

  private static TransferException failure(String verb, Location at, String why) {
    return Problem.cannot(verb, at)
        .because(why)
        .kind(FailureKind.UNSUPPORTED)
        .remedy("Use the web address of the file itself.")
        .exception();
  }

  /** RFC 3986; Java's own rules, which are older, cut the last segment before a query alone. */
  private static URI resolved(URI from, String to) {
    if (!to.startsWith("?")) {
      return from.resolve(to);
    }
    String base = from.toString();
    int query = base.indexOf('?');
    return URI.create((query < 0 ? base : base.substring(0, query)) + to);
  }

  /** Encodes what may not stand in a URL, brackets of a path among it. */
  private static String spelled(String address) {
    String plain = STRAY_PERCENT.matcher(address).replaceAll("%25");
    var parts = BEGINNING.matcher(plain);
    if (parts.matches()) {
      String path = parts.group(2).replace("[", "%5B").replace("]", "%5D");
      plain = parts.group(1) + path + parts.group(3);
    }
    return HttpResponses.encoded(bytes(plain)).toString();
  }

  /** The client hands over each byte of a header as one character. */
  private static byte[] bytes(String header) {
    boolean wide = header.chars().anyMatch(c -> c > 0xff);
    return header.getBytes(wide ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
  }
}
