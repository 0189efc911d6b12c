/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directories whose files are open now, one handle for each: thousands of small files of one
 * directory are opened relative to one open directory. A handle is closed by the last that uses it.
 */
final class LocalHandles {
  private static final Logger LOG = LoggerFactory.getLogger(LocalHandles.class);

  /** Opens a directory that nobody has open. */
  interface Opening {
    LocalHandle open() throws IOException;
  }

  private record Key(String root, Path directory) {}

  /** A share of an open directory. */
  final class Lease implements Closeable {
    private final Key key;
    private final LocalHandle handle;
    private int users = 1;

    private Lease(Key key, LocalHandle handle) {
      this.key = key;
      this.handle = handle;
    }

    LocalHandle handle() {
      return handle;
    }

    @Override
    public void close() {
      release(this);
    }
  }

  private final Map<Key, Lease> leases = new HashMap<>();

  /**
   * Takes part in an open directory.
   *
   * @param root below which it was opened through no link, or empty: then it was opened as named
   */
  synchronized Lease lease(String root, Path directory, Opening opening) throws IOException {
    Key key = new Key(root, directory);
    Lease open = leases.get(key);
    if (open != null && isStillThere(open.handle, directory)) {
      open.users++;
      return open;
    }
    Lease lease = new Lease(key, opening.open());
    leases.put(key, lease);
    return lease;
  }

  private static boolean isStillThere(LocalHandle handle, Path directory) {
    try {
      return handle.isStillAt(directory);
    } catch (IOException gone) {
      return false;
    }
  }

  private synchronized void release(Lease lease) {
    lease.users--;
    if (lease.users > 0) {
      return;
    }
    leases.remove(lease.key, lease);
    try {
      lease.handle.close();
    } catch (IOException failure) {
      LOG.debug("Closing the directory {} failed", lease.key.directory, failure);
    }
  }
}
