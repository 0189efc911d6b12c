/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.azure;

import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.azurebfs.AzureBlobFileSystem;
import org.apache.hadoop.fs.azurebfs.constants.FSOperationType;
import org.jspecify.annotations.Nullable;

/** Every blob below a prefix, one request a page; ABFS itself asks once per directory. */
final class AzureListing implements RemoteIterator<FileStatus> {
  private static final int PAGE = 5000;

  private final AzureBlobFileSystem fileSystem;
  private final AzureRequests requests;
  private final Path root;
  private Iterator<? extends FileStatus> page = Collections.emptyIterator();
  private @Nullable String next;
  private @Nullable FileStatus ahead;

  private AzureListing(AzureBlobFileSystem fileSystem, AzureRequests requests, Path root) {
    this.fileSystem = fileSystem;
    this.requests = requests;
    this.root = root;
  }

  static AzureListing start(AzureBlobFileSystem fileSystem, AzureRequests requests, Path root)
      throws IOException {
    AzureListing listing = new AzureListing(fileSystem, requests, root);
    listing.turn(null);
    boolean empty = !listing.page.hasNext() && listing.next == null && !root.isRoot();
    // this fails where nothing is
    if (empty && !fileSystem.getFileStatus(root).isDirectory()) {
      throw new NotDirectoryException(root + " is a file");
    }
    return listing;
  }

  private void turn(@Nullable String continuation) throws IOException {
    var listed =
        requests
            .client()
            .listPath(
                root.toUri().getPath(),
                true,
                PAGE,
                continuation,
                requests.tracing(FSOperationType.LISTSTATUS),
                fileSystem.getUri());
    page = listed.getFileStatusList().iterator();
    String token = listed.getContinuationToken();
    next = token == null || token.isEmpty() ? null : token;
    if (continuation != null && continuation.equals(next)) {
      throw new UnsupportedOperationException(
          "the store gives the same page again and again: the listing is inconsistent");
    }
  }

  @Override
  public boolean hasNext() throws IOException {
    while (ahead == null) {
      if (page.hasNext()) {
        FileStatus entry = page.next();
        // the marker of a directory says nothing that its files do not say
        ahead = entry.isDirectory() ? null : entry;
      } else if (next == null) {
        return false;
      } else {
        turn(next);
      }
    }
    return true;
  }

  @Override
  public FileStatus next() throws IOException {
    if (!hasNext() || ahead == null) {
      throw new NoSuchElementException();
    }
    FileStatus entry = ahead;
    ahead = null;
    return entry;
  }
}
