/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.hadoop.overlay.OwnKey;
import io.github.flytehadoop.location.StoreKind;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.azurebfs.AzureBlobFileSystem;

/**
 * ABFS for code that makes its own file systems, such as Spark's readers and writers: it also opens
 * {@code abfs://container/path} and {@code az://container/path}, which ABFS itself refuses. What it
 * lists has the long form.
 *
 * <p>Hadoop makes instances by the name in {@code fs.abfs.impl}. A URI without an account needs the
 * one that {@link #ACCOUNT_HOST} names.
 */
public final class ShortUriFileSystem extends AzureBlobFileSystem {
  /** The account's host, as {@link AzureKey#forAccount} takes it. */
  static final String ACCOUNT_HOST = OwnKey.ACCOUNT_HOST.key();

  private boolean secure;

  /** For Hadoop. */
  public ShortUriFileSystem() {}

  @Override
  public void initialize(URI uri, Configuration configuration) throws IOException {
    URI complete = complete(uri, configuration);
    secure = StoreKind.of(complete.getScheme()) == StoreKind.ABFSS;
    super.initialize(complete, configuration);
  }

  /** The scheme decides whether ABFS encrypts. */
  @Override
  public String getScheme() {
    return (secure ? StoreKind.ABFSS : StoreKind.ABFS).scheme();
  }

  @Override
  public boolean isSecureScheme() {
    return secure;
  }

  /** A path of any spelling in this file system's own; the container itself is its root. */
  @Override
  public Path makeQualified(Path path) {
    boolean container = path.toUri().getPath().isEmpty();
    return super.makeQualified(container ? new Path(Path.SEPARATOR) : path);
  }

  static URI complete(URI uri, Configuration configuration) throws IOException {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    boolean encrypted = StoreKind.of(scheme) == StoreKind.ABFSS;
    String authority = uri.getAuthority();
    if (authority == null || authority.isEmpty()) {
      throw Problem.cannot("open", uri).because("it names no container").made(IOException::new);
    }
    int at = authority.indexOf('@');
    if (at < 0) {
      String host = configuration.get(ACCOUNT_HOST);
      if (host == null) {
        throw Problem.cannot("open", uri)
            .because("it names no storage account and none is configured")
            .remedy(
                "Set FLYTE_AZURE_STORAGE_ACCOUNT_NAME, or write abfss://"
                    + authority
                    + "@ACCOUNT.dfs.core.windows.net/PATH.")
            .made(IOException::new);
      }
      // as this library itself does: encrypted, unless that was switched off for an emulator
      encrypted = configuration.getBoolean(AzureKey.ALWAYS_HTTPS.key(), true);
      authority = authority + "@" + host;
    } else {
      authority = authority.replaceFirst("\\.blob\\.", ".dfs.");
    }
    return URI.create((encrypted ? StoreKind.ABFSS : StoreKind.ABFS).prefix() + authority + "/");
  }
}
