/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import io.github.flytehadoop.error.ConfigException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Holds the effective {@code fs.azure.*} options of one container: {@code KEY.CONTAINER.HOST} wins
 * over {@code KEY.HOST}, and that over {@code KEY}, as ABFS documents. Secrets are read through
 * Hadoop's credential providers.
 *
 * @param container the container
 * @param host of the account, such as {@code acct.dfs.core.windows.net}
 * @param hadoop the options as Hadoop's classes read them; holds secrets
 */
record AccountConfiguration(String container, String host, Configuration hadoop) {
  private static final String PROVIDER_PATH = "hadoop.security.credential.provider.path";

  private List<String> spellings(String key) {
    return List.of(key + "." + container + "." + host, key + "." + host, key);
  }

  /** The trimmed value; empty when there is none. */
  String text(String key) {
    for (String spelling : spellings(key)) {
      String value = hadoop.getTrimmed(spelling, "");
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }

  /** The trimmed value, or another where there is none. */
  String textOr(String key, String otherwise) {
    String value = text(key);
    return value.isEmpty() ? otherwise : value;
  }

  boolean flag(String key, boolean byDefault) {
    return Boolean.parseBoolean(textOr(key, Boolean.toString(byDefault)));
  }

  int number(String key, int byDefault) {
    String value = text(key);
    try {
      return value.isEmpty() ? byDefault : Integer.parseInt(value);
    } catch (NumberFormatException notANumber) {
      throw new ConfigException(
          key, "the Hadoop configuration", "it is no number: " + value + ". Write digits.");
    }
  }

  /**
   * A secret of a credential store or of the configuration, null when there is none.
   *
   * @throws ConfigException when the credential store cannot be read
   */
  @Nullable String secret(String key) {
    try {
      for (String spelling : spellings(key)) {
        char[] found = hadoop.getPassword(spelling);
        String text = found == null ? "" : new String(found).strip();
        if (!text.isEmpty()) {
          return text;
        }
      }
      return null;
    } catch (IOException unreadable) {
      throw new ConfigException(
          key,
          PROVIDER_PATH,
          String.format(
              Locale.ROOT,
              "the credential store cannot be read (%s). Check the path and its password.",
              unreadable.getMessage()));
    }
  }

  /**
   * A secret that has to be there.
   *
   * @throws AzureLoginException when there is none
   */
  String required(String key) throws AzureLoginException {
    String value = secret(key);
    if (value == null) {
      throw new AzureLoginException(key + "." + host + " is not set", 0);
    }
    return value;
  }

  /** The name of the account. */
  String account() {
    int dot = host.indexOf('.');
    return dot < 0 ? host : host.substring(0, dot);
  }

  /** The container and its account, and no option: there are secrets among them. */
  @Override
  public String toString() {
    return container + "@" + host;
  }
}
