/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The keys of servers that this JVM trusts, and beside whom it trusts nobody. */
public final class TrustedKeys {
  private static @Nullable TlsKeys keys;

  private TrustedKeys() {}

  /** Those for 127.0.0.1; made, and trusted, by the first who asks. */
  public static synchronized TlsKeys ofLoopback() {
    TlsKeys known = keys;
    if (known == null) {
      try {
        known = TlsKeys.create("ip:127.0.0.1");
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
      System.setProperty("javax.net.ssl.trustStore", known.file().toString());
      System.setProperty("javax.net.ssl.trustStorePassword", TlsKeys.PASSWORD);
      keys = known;
    }
    return known;
  }
}
