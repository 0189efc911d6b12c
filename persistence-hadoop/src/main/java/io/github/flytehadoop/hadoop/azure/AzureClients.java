/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import io.github.flytehadoop.hadoop.overlay.OwnKey;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Decides which client serves a container: ours, or Hadoop's file system alone. */
public final class AzureClients {
  private static final String KEY_PROVIDER = "fs.azure.account.keyprovider";
  private static final String SIMPLE = "org.apache.hadoop.fs.azurebfs.services.SimpleKeyProvider";

  /** The file systems whose files our client reads and writes. */
  private static final List<String> FILE_SYSTEMS =
      List.of(
          "org.apache.hadoop.fs.azurebfs.AzureBlobFileSystem",
          "org.apache.hadoop.fs.azurebfs.SecureAzureBlobFileSystem",
          "io.github.flytehadoop.hadoop.azure.ShortUriFileSystem");

  /** Each is something that only ABFS does, when it has a value: its classes are Hadoop's own. */
  private static final List<String> VALUES =
      List.of(
          "fs.azure.encryption.context.provider.type",
          "fs.azure.account.oauth2.client.assertion.provider.type");

  private AzureClients() {}

  /**
   * The setting of a container that only Hadoop's file system serves, as {@code key=value} without
   * secrets; empty when our own client serves it.
   *
   * @param root {@code abfs://container@host/}
   * @param conf the Configuration; options of the account in it win
   */
  public static Optional<String> needsHadoop(URI root, Configuration conf) {
    if (conf.getTrimmed(OwnKey.CLIENT.key(), "").equals("hadoop")) {
      return Optional.of(OwnKey.CLIENT.key() + "=hadoop");
    }
    String implementation = "fs." + root.getScheme() + ".impl";
    String named = conf.getTrimmed(implementation, FILE_SYSTEMS.get(0));
    if (!FILE_SYSTEMS.contains(named)) {
      return Optional.of(implementation + "=" + named);
    }
    AccountConfiguration options = AzureClientSettings.options(root, conf);
    String keyProvider = options.textOr(KEY_PROVIDER, SIMPLE);
    if (!keyProvider.equals(SIMPLE)) {
      return Optional.of(KEY_PROVIDER + "=" + keyProvider);
    }
    for (String key : VALUES) {
      if (!options.text(key).isEmpty()) {
        return Optional.of(key + "=" + options.text(key));
      }
    }
    return AzureIdentity.needsHadoop(options);
  }
}
