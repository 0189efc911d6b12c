/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.hadoop.overlay.OwnKey;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.SecurityUtil;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.UserGroupInformation.AuthenticationMethod;

/**
 * Logs in where the base Configuration asks for Kerberos: with the tokens that a job was given, the
 * ticket that {@code kinit} got, or a keytab that is named here. Hadoop has one login for a JVM, so
 * who is logged in already stays; it renews tickets and keytab logins by itself.
 */
public final class KerberosLogin {
  /** The file of keys to log in from, where there is neither ticket nor token. */
  public static final String KEYTAB = OwnKey.KEYTAB.key();

  /** Whose keys those are, such as {@code alice@EXAMPLE.COM}. */
  public static final String PRINCIPAL = OwnKey.PRINCIPAL.key();

  private KerberosLogin() {}

  /**
   * Does nothing unless {@code hadoop.security.authentication} is {@code kerberos}.
   *
   * @throws IOException when the keytab does not log in
   */
  public static void ensure(Configuration base) throws IOException {
    if (SecurityUtil.getAuthenticationMethod(base) == AuthenticationMethod.KERBEROS) {
      synchronized (KerberosLogin.class) {
        if (!UserGroupInformation.isSecurityEnabled()) {
          UserGroupInformation.setConfiguration(base);
        }
        String keytab = base.getTrimmed(KEYTAB, "");
        if (!keytab.isEmpty() && !hasCredentials()) {
          UserGroupInformation.loginUserFromKeytab(principal(base), keytab);
        }
      }
    }
  }

  private static String principal(Configuration base) {
    String principal = base.getTrimmed(PRINCIPAL, "");
    if (principal.isEmpty()) {
      throw new ConfigException(
          PRINCIPAL, "not set", KEYTAB + " names a keytab. Name its principal, user@REALM.");
    }
    return principal;
  }

  private static boolean hasCredentials() {
    try {
      UserGroupInformation user = UserGroupInformation.getCurrentUser();
      return user.hasKerberosCredentials() || !user.getTokens().isEmpty();
    } catch (IOException nobody) {
      // a container's user id without a name: the keytab says who it is
      return false;
    }
  }
}
