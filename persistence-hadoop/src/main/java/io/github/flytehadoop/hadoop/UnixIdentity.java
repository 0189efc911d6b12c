/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import com.sun.security.auth.module.UnixSystem;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.SecurityUtil;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.UserGroupInformation.AuthenticationMethod;
import org.jspecify.annotations.Nullable;

/**
 * Lets Hadoop work under a user id that the machine has no name for, as containers with {@code
 * runAsUser} do. Hadoop's login refuses it, and {@code HADOOP_USER_NAME} alone does not help.
 */
public final class UnixIdentity {
  private static final String DEFAULT_NAME = "flyte";

  private UnixIdentity() {}

  /**
   * Gives this process a Hadoop user if its user id has no name: {@code HADOOP_USER_NAME}, else
   * {@code flyte}. Does nothing with Kerberos, with a named user, or when a login has been set.
   * Call it before the first file system.
   */
  public static void ensureLoginUser(Configuration configuration, Map<String, String> environment) {
    ensureLoginUser(configuration, environment, UnixIdentity::nameOfThisProcess);
  }

  static void ensureLoginUser(
      Configuration configuration,
      Map<String, String> environment,
      Supplier<@Nullable String> nameOfUserId) {
    boolean simple =
        SecurityUtil.getAuthenticationMethod(configuration) == AuthenticationMethod.SIMPLE;
    if (simple && nameOfUserId.get() == null && !hasLogin()) {
      String wanted = environment.getOrDefault("HADOOP_USER_NAME", "").strip();
      UserGroupInformation.setLoginUser(
          UserGroupInformation.createRemoteUser(wanted.isEmpty() ? DEFAULT_NAME : wanted));
    }
  }

  /** Whether Hadoop can say who this is, for example because the caller has set a user. */
  private static boolean hasLogin() {
    try {
      UserGroupInformation.getLoginUser();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static @Nullable String nameOfThisProcess() {
    boolean windows = File.separatorChar == '\\';
    return windows ? System.getProperty("user.name") : new UnixSystem().getUsername();
  }
}
