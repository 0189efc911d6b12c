/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** Where tokens and bytes may go: to the store that was named, and over TLS. */
final class GcsAddress {
  private static final Pattern THIS_MACHINE =
      Pattern.compile("localhost|.+\\.localhost|127(\\.\\d{1,3}){3}|\\[(0*:)*:?0*1]");

  private GcsAddress() {}

  /** An emulator on this machine may be asked in clear. */
  static boolean mayCarryTokens(URI url) {
    return "https".equalsIgnoreCase(url.getScheme()) || THIS_MACHINE.matcher(host(url)).matches();
  }

  /**
   * The address that the store gives for what follows.
   *
   * @throws GcsUploadLostException when it is that of another server
   */
  static String ofSame(String root, String told) throws GcsUploadLostException {
    URI here = URI.create(root);
    URI there;
    try {
      there = here.resolve(told);
    } catch (IllegalArgumentException unreadable) {
      throw new GcsUploadLostException(
          "the store sends the upload to another server, whose address is none", unreadable);
    }
    if (!server(there).equals(server(here))) {
      throw new GcsUploadLostException(
          "the store sends the upload to another server, "
              + server(there)
              + " in place of "
              + server(here)
              + ", and gets no bytes there",
          null);
    }
    return there.toString();
  }

  /** Scheme, host and port. */
  static String server(URI url) {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (url.getHost() == null) { // what the JDK takes for no name, such as one with an underscore
      return scheme + "://" + url.getRawAuthority();
    }
    int usual = scheme.equals("https") ? 443 : 80;
    return scheme + "://" + host(url) + ":" + (url.getPort() < 0 ? usual : url.getPort());
  }

  private static String host(URI url) {
    return String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
  }
}
