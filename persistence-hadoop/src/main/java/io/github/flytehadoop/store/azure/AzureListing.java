/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.azure;

import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.models.BlobItem;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.hadoop.request.PageTokens;
import io.github.flytehadoop.location.ListedKey;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.hadoop.UnsupportedStatus;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.jspecify.annotations.Nullable;

/**
 * The blobs below a prefix, or the children of the directory that it stands for: one request a
 * page. Directories are prefixes, or blobs that other tools and this library mark as such.
 */
final class AzureListing implements RemoteIterator<FileStatus> {
  private static final int PAGE = 5000;

  private final AzureRequests requests;
  private final Path root;
  private final String prefix;
  private final AzureRequests.Depth depth;
  private final Deque<FileStatus> page = new ArrayDeque<>();
  private final Set<String> markers = new HashSet<>();
  private final PageTokens pages = new PageTokens();
  private boolean ended;
  private boolean found;

  AzureListing(AzureRequests requests, Path root, AzureRequests.Depth depth) {
    this.requests = requests;
    this.root = root;
    this.prefix = root.isRoot() ? "" : AzureRequests.key(root) + "/";
    this.depth = depth;
  }

  /** Whether anything begins with the prefix, be it a marker alone. */
  boolean isAnything() throws IOException {
    hasNext();
    return found;
  }

  private void turn() throws IOException {
    PagedResponse<BlobItem> listed = requests.page(prefix, depth, PAGE, pages.token());
    ended = !pages.turn(listed.getContinuationToken());
    for (BlobItem item : listed.getValue()) {
      found = true;
      add(item);
    }
  }

  private void add(BlobItem item) {
    String key = item.getName();
    boolean directory = Boolean.TRUE.equals(item.isPrefix());
    if (!key.startsWith(prefix)) {
      throw new UnsupportedOperationException(
          "the store names "
              + Printable.of(key)
              + ", which is outside: the listing is inconsistent");
    }
    String name = key.substring(prefix.length());
    String problem = problemOf(key, directory ? 0 : size(item));
    if (problem != null) {
      page.add(new UnsupportedStatus(name, problem, root));
    } else if (directory) {
      addDirectory(name.substring(0, name.length() - 1));
    } else if (!name.isEmpty() && !isMarker(item, name)) {
      page.add(AzureFileStatus.of(below(name), item));
    }
  }

  /** Why no path names a key, as a clause; null when one does. */
  private @Nullable String problemOf(String key, long size) {
    String problem = ListedKey.problemOf(key, size, prefix);
    String name = key.substring(prefix.length()).replaceFirst("/$", "");
    String unnameable = problem == null && !name.isEmpty() ? RelativePath.problemOf(name) : null;
    return unnameable == null
        ? problem
        : "of the key "
            + Printable.of(key)
            + " no path can be made, as "
            + unnameable.replaceAll("\\.$", "");
  }

  private static long size(BlobItem item) {
    Long size = item.getProperties().getContentLength();
    return size == null ? 0 : size;
  }

  private void addDirectory(String name) {
    if (!markers.remove(name)) {
      page.add(AzureFileStatus.directory(below(name)));
    }
  }

  /** Whether a blob stands for a directory; a child that does is listed, once. */
  private boolean isMarker(BlobItem item, String name) {
    if (name.endsWith("/")) {
      return true;
    }
    if (!AzureFileStatus.isFolder(item)) {
      return false;
    }
    if (depth == AzureRequests.Depth.CHILDREN && markers.add(name)) {
      page.add(AzureFileStatus.directory(below(name)));
    }
    return true;
  }

  /** The parts are given one by one: a whole string would be parsed. */
  private Path below(String name) {
    return new Path(root.toUri().getScheme(), root.toUri().getAuthority(), "/" + prefix + name);
  }

  @Override
  public boolean hasNext() throws IOException {
    while (page.isEmpty() && !ended) {
      turn();
    }
    return !page.isEmpty();
  }

  @Override
  public FileStatus next() throws IOException {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.remove();
  }
}
