/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.ListingEntry;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.UnsupportedEntry;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.s3.request.S3Objects;
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
  private final UnsupportedEntry.Handler unsupported;
  private final S3PageCheck check;
  private final Deque<ListingEntry> page = new ArrayDeque<>();
  private @Nullable String token;
  private boolean ended;
  private boolean foundAnything;
  private long hidden;

  /** A listing of the directory with this key, which has no separator at its end. */
  S3Listing(
      S3Requests requests,
      Location root,
      String key,
      Depth depth,
      UnsupportedEntry.Handler unsupported) {
    this.requests = requests;
    this.root = root;
    this.prefix = key.isEmpty() ? "" : key + "/";
    this.depth = depth;
    this.unsupported = unsupported;
    this.check = new S3PageCheck(requests.bucket(), prefix, depth);
  }

  /**
   * Asks for the first page.
   *
   * @throws io.github.flytehadoop.error.DataNotFoundException when nothing is there
   */
  S3Listing open() throws IOException {
    hasNext();
    if (!foundAnything && !prefix.isEmpty()) {
      throw nothing(prefix.substring(0, prefix.length() - 1));
    }
    return this;
  }

  /** An object of that name is a file; there is no other question to ask. */
  private TransferException nothing(String key) {
    try {
      requests.head(key);
      return refused("it is a file", "Ask for it as one file.");
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
      throw refused(problem, "Rename that key, or ask whoever runs the store.");
    }
    foundAnything |= !answer.contents().isEmpty() || !answer.commonPrefixes().isEmpty();
    for (S3Object object : answer.contents()) {
      add(object);
    }
    for (CommonPrefix below : answer.commonPrefixes()) {
      add(below);
    }
    token = answer.nextContinuationToken();
    ended = !Boolean.TRUE.equals(answer.isTruncated());
  }

  private void add(S3Object object) throws IOException {
    String name = object.key().substring(prefix.length());
    String problem = check.problemOfName(object);
    if (problem != null) {
      leaveOut(name, problem);
    } else if (!S3PageCheck.isMarker(object)) {
      addUnlessOurs(
          name,
          S3Objects.file(
              object.size(),
              object.lastModified() == null ? Instant.EPOCH : object.lastModified(),
              object.eTag()));
    }
  }

  private void add(CommonPrefix below) throws IOException {
    String name = below.prefix().substring(prefix.length());
    String problem = check.problemOfName(below);
    if (problem != null) {
      leaveOut(name, problem);
    } else {
      addUnlessOurs(name.substring(0, name.length() - 1), S3Objects.directory());
    }
  }

  private void addUnlessOurs(String name, Attributes attributes) {
    if (ReservedNames.isBelow(name)) {
      hidden++;
    } else {
      page.add(new ListingEntry(new RelativePath(name), attributes));
    }
  }

  private void leaveOut(String name, String why) throws IOException {
    TransferException failure = refused(why, "Rename that key, or leave it out.");
    unsupported.found(new UnsupportedEntry(name, UnsupportedEntry.Extent.ENTRY, failure));
  }

  private TransferException refused(String why, String remedy) {
    return Problem.cannot("list", root.text())
        .because(why)
        .remedy(remedy)
        .kind(FailureKind.UNSUPPORTED)
        .exception();
  }

  @Override
  public long hidden() {
    return hidden;
  }

  @Override
  public ListingEntry next() throws IOException {
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
