/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.failure;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.StoreKind;

/** The last sentence of a failure: what the reader can do. */
public final class FailureAdvice {
  private FailureAdvice() {}

  /** The remedy for a kind of failure, as a sentence. */
  public static String of(FailureKind kind, Location at) {
    return switch (kind) {
      case NOT_FOUND -> "Check the key and that " + store(at) + " exists.";
      case ACCESS_DENIED ->
          "Ask for this permission on " + store(at) + ", or use another identity.";
      case NO_CREDENTIALS -> credentials(at);
      case THROTTLED -> "Run it again later, or with fewer files in flight.";
      case TIMEOUT, NETWORK ->
          "Check that the endpoint of " + store(at) + " is right and reachable, then run it again.";
      case LOCAL_IO -> "Check the local disk: free space, permissions, open files.";
      case INTEGRITY ->
          "Nothing was published. Run it again; when it stays, check the network and the disk.";
      case SOURCE_CHANGED -> "Run it again once nobody writes to the source.";
      case CONFLICT -> "Choose another target, or remove what is there.";
      case UNSUPPORTED -> "Rename it, or choose a store that can hold it.";
      case INTERRUPTED -> "Run it again.";
    };
  }

  private static String credentials(Location at) {
    String host = Printable.of(at.authority().replaceFirst(".*@", "").replaceFirst(":.*", ""));
    if (at.isOf(StoreKind.SFTP)) {
      return "Set fs.sftp.user.HOST, and fs.sftp.password.HOST.USER or fs.sftp.keyfile, for HOST "
          + host
          + ".";
    }
    return at.isOf(StoreKind.FTP)
        ? "Set fs.ftp.user.HOST and fs.ftp.password.HOST for HOST " + host + "."
        : "Set the credentials of "
            + store(at)
            + " in DataConfig, or the environment of its client; 'flyte-data config' shows what"
            + " is in effect.";
  }

  private static String store(Location at) {
    return at.isLocal() ? "the local disk" : Printable.of(at.root());
  }
}
