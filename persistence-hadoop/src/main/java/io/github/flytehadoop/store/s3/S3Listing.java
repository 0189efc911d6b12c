/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Listed;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.Temporary;
import io.github.flytehadoop.store.failure.HadoopFailures;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The objects below a directory, page by page, or its children. Each page is checked before
 * anything of it is handed out. Belongs to one thread.
 */
final class S3Listing implements Listing {
  /** What of a directory is listed. */
  enum Depth {
    CHILDREN,
    TREE
  }

  private final S3Requests requests;
  private final Location root;
  private final String prefix;
  private final Depth depth;
  private final S3PageCheck check;
  private final Deque<Listed> page = new ArrayDeque<>();
  private @Nullable String token;
  private boolean ended;
  private boolean foundAnything;

  private S3Listing(S3Requests requests, Location root, String prefix, Depth depth) {
    this.requests = requests;
    this.root = root;
    this.prefix = prefix;
    this.depth = depth;
    this.check = new S3PageCheck(requests.bucket(), prefix, depth);
  }

  /**
   * Opens a listing and asks for its first page.
   *
   * @param key of the directory, without a separator at its end; empty for the bucket
   * @throws io.github.flytehadoop.error.DataNotFoundException when nothing is there
   */
  static S3Listing open(S3Requests requests, Location root, String key, Depth depth)
      throws IOException {
    S3Listing listing = new S3Listing(requests, root, key.isEmpty() ? "" : key + "/", depth);
    listing.hasNext();
    if (!listing.foundAnything && !key.isEmpty()) {
      throw listing.nothing(key);
    }
    return listing;
  }

  /** An object of that name is a file; there is no other question to ask. */
  private TransferException nothing(String key) {
    try {
      requests.head(key);
      return Problem.cannot("list", root.text())
          .because("it is a file")
          .remedy("Ask for it as one file.")
          .kind(FailureKind.UNSUPPORTED)
          .exception();
    } catch (IOException | RuntimeException failure) {
      return HadoopFailures.of("list", root, failure);
    }
  }

  @Override
  public boolean hasNext() throws IOException {
    while (page.isEmpty() && !ended) {
      fetch();
    }
    return !page.isEmpty();
  }

  private void fetch() throws IOException {
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder()
            .prefix(prefix)
            .delimiter(depth == Depth.CHILDREN ? "/" : null)
            .continuationToken(token);
    ListObjectsV2Response answer;
    try {
      answer = requests.list(request);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("list", root, failure);
    }
    String problem = check.problemOf(token, answer);
    if (problem != null) {
      throw Problem.cannot("list", root.text())
          .because(problem)
          .remedy("Rename that key, or ask whoever runs the store.")
          .kind(FailureKind.UNSUPPORTED)
          .exception();
    }
    foundAnything |= !answer.contents().isEmpty() || !answer.commonPrefixes().isEmpty();
    for (S3Object object : answer.contents()) {
      add(object);
    }
    for (CommonPrefix below : answer.commonPrefixes()) {
      String name = below.prefix().substring(prefix.length());
      addUnlessOurs(name.substring(0, name.length() - 1), S3Objects.directory());
    }
    token = answer.nextContinuationToken();
    ended = !Boolean.TRUE.equals(answer.isTruncated());
  }

  private void add(S3Object object) {
    String name = object.key().substring(prefix.length());
    if (S3PageCheck.isMarker(object)) {
      return;
    }
    addUnlessOurs(
        name,
        S3Objects.file(
            object.size(),
            object.lastModified() == null ? Instant.EPOCH : object.lastModified(),
            object.eTag()));
  }

  private void addUnlessOurs(String name, Attributes attributes) {
    if (!Temporary.isBelow(name)) {
      page.add(new Listed(new RelativePath(name), attributes));
    }
  }

  @Override
  public Listed next() throws IOException {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.remove();
  }

  @Override
  public void close() {
    ended = true;
    page.clear();
  }
}
