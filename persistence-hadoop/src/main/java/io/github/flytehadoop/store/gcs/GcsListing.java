/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.GoogleCloudStorage;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.GoogleCloudStorageItemInfo;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.ListObjectOptions;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.StorageResourceId;
import io.github.flytehadoop.location.ListedKey;
import io.github.flytehadoop.store.hadoop.UnsupportedStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.jspecify.annotations.Nullable;

/** The objects below a prefix, one request a page; the connector itself asks once per directory. */
final class GcsListing implements RemoteIterator<FileStatus> {
  /** How far down it goes. */
  enum Reach {
    /** Objects and prefixes up to the next separator. */
    CHILDREN(ListObjectOptions.DEFAULT.toBuilder().setIncludePrefix(true).build()),
    /** Every object. */
    TREE(ListObjectOptions.DEFAULT_FLAT_LIST.toBuilder().setIncludePrefix(true).build());

    @SuppressWarnings("ImmutableEnumChecker") // a value of AutoValue
    private final ListObjectOptions options;

    Reach(ListObjectOptions options) {
      this.options = options;
    }
  }

  private static final ListObjectOptions FIRST =
      ListObjectOptions.DEFAULT.toBuilder().setIncludePrefix(true).setMaxResults(1).build();

  private final GoogleCloudStorage storage;
  private final Path root;
  private final String bucket;
  private final String prefix;
  private final Reach reach;
  private Iterator<GoogleCloudStorageItemInfo> page = Collections.emptyIterator();
  private @Nullable String nextPage;
  private @Nullable FileStatus ahead;

  private GcsListing(GoogleCloudStorage storage, Path root, Reach reach) {
    this.storage = storage;
    this.root = root;
    this.reach = reach;
    this.bucket = root.toUri().getAuthority();
    this.prefix = root.isRoot() ? "" : root.toUri().getPath().substring(1) + "/";
  }

  /** Asks for the first page; an empty one of something that is no directory is an error. */
  static GcsListing start(GoogleCloudStorage storage, Path root, Reach reach) throws IOException {
    GcsListing listing = new GcsListing(storage, root, reach);
    listing.turn(null);
    if (!listing.page.hasNext() && listing.nextPage == null) {
      if (root.isRoot()) {
        requireBucket(storage, listing.bucket);
      } else {
        listing.refuse();
      }
    }
    return listing;
  }

  /**
   * Asks whether any object lies below a prefix; the root of a bucket that exists always is one.
   */
  static void requirePrefix(GoogleCloudStorage storage, Path path) throws IOException {
    String key = path.isRoot() ? "" : path.toUri().getPath().substring(1) + "/";
    String bucket = path.toUri().getAuthority();
    if (storage.listObjectInfo(bucket, key, FIRST).isEmpty()) {
      if (!path.isRoot()) {
        throw new FileNotFoundException(path + " is not there");
      }
      requireBucket(storage, bucket);
    }
  }

  /** The connector lists a bucket that does not exist as an empty one. */
  private static void requireBucket(GoogleCloudStorage storage, String bucket) throws IOException {
    boolean missing;
    try {
      missing = !storage.getItemInfo(new StorageResourceId(bucket)).exists();
    } catch (IOException unanswered) {
      // who may list a bucket need not be allowed to ask for the bucket itself
      missing = false;
    }
    if (missing) {
      throw new FileNotFoundException("the bucket does not exist");
    }
  }

  private void refuse() throws IOException {
    String key = prefix.substring(0, prefix.length() - 1);
    if (storage.getItemInfo(new StorageResourceId(bucket, key)).exists()) {
      throw new NotDirectoryException(root + " is a file");
    }
    throw new FileNotFoundException(root + " is not there");
  }

  private void turn(@Nullable String token) throws IOException {
    var listed = storage.listObjectInfoPage(bucket, prefix, reach.options, token);
    page = listed.getItems().iterator();
    nextPage = listed.getNextPageToken();
    if (token != null && token.equals(nextPage)) {
      throw new UnsupportedOperationException(
          "the store gives the same page again and again: the listing is inconsistent");
    }
  }

  /** What would be left out, or taken for another, is no plain entry (B12, B14). */
  private @Nullable FileStatus unnameable(GoogleCloudStorageItemInfo item) {
    String key = item.getObjectName();
    String problem =
        key == null || reach == Reach.CHILDREN
            ? null
            : ListedKey.problemOf(key, item.getSize(), prefix);
    return problem == null || key == null
        ? null
        : new UnsupportedStatus(key.substring(prefix.length()), problem, root);
  }

  @Override
  public boolean hasNext() throws IOException {
    while (ahead == null) {
      if (page.hasNext()) {
        GoogleCloudStorageItemInfo item = page.next();
        ahead = unnameable(item);
        if (ahead == null && isEntry(item)) {
          ahead = GcsStatus.of(item, root);
        }
      } else if (nextPage == null) {
        return false;
      } else {
        turn(nextPage);
      }
    }
    return true;
  }

  /** Neither the listed prefix itself nor, in a tree, the marker of a directory. */
  private boolean isEntry(GoogleCloudStorageItemInfo item) {
    String key = item.getObjectName();
    return key != null && !key.equals(prefix) && (reach == Reach.CHILDREN || !item.isDirectory());
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
