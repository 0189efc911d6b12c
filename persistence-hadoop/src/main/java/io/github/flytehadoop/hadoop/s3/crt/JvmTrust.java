/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.crt;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom this JVM trusts, in the form that native code reads. */
public final class JvmTrust {
  private static final int LINE = 64;

  private JvmTrust() {}

  /** The certificates of the default trust store, one after another. */
  public static String asPem() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((@Nullable KeyStore) null);
      Base64.Encoder encoder = Base64.getMimeEncoder(LINE, new byte[] {'\n'});
      StringBuilder pem = new StringBuilder();
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager certificates) {
          for (X509Certificate one : certificates.getAcceptedIssuers()) {
            pem.append("-----BEGIN CERTIFICATE-----\n")
                .append(encoder.encodeToString(one.getEncoded()))
                .append("\n-----END CERTIFICATE-----\n");
          }
        }
      }
      return pem.toString();
    } catch (GeneralSecurityException unreadable) {
      throw new IllegalStateException("the trust store of this JVM cannot be read", unreadable);
    }
  }
}
