/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.api.services.storage.model.Objects;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.request.PageTokens;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.failure.HadoopFailures;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.InvalidPathHandleException;

/** Looks at single objects, and at prefixes as the directories that they stand for. */
final class GcsLookup {
  private final GcsRequests requests;

  GcsLookup(GcsRequests requests) {
    this.requests = requests;
  }

  Attributes stat(Location at, String key) throws IOException {
    try {
      if (!key.isEmpty()) {
        return GcsStatus.file(requests.get(key));
      }
    } catch (IOException | RuntimeException failure) {
      if (HadoopFailures.kindOf(failure, FailureKind.CONFLICT) != FailureKind.NOT_FOUND) {
        throw HadoopFailures.of("look up", at, failure);
      }
    }
    return directory(at, key);
  }

  /** What has keys below it is a directory, and so is a bucket that can be listed. */
  private Attributes directory(Location at, String key) throws IOException {
    String prefix = key.isEmpty() ? "" : key + "/";
    try {
      if (!isAnyBelow(prefix) && !key.isEmpty()) {
        throw new FileNotFoundException("it is not there");
      }
      return GcsStatus.directory();
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("look up", at, failure);
    }
  }

  /** A page may have nothing and yet not be the last; of a bucket one page is enough. */
  private boolean isAnyBelow(String prefix) throws IOException {
    PageTokens pages = new PageTokens();
    Objects page;
    do {
      page = requests.list(new GcsRequests.Page(prefix, null, pages.token()), 1);
      if (page.getItems() != null && !page.getItems().isEmpty()) {
        return true;
      }
    } while (!prefix.isEmpty() && pages.turn(page.getNextPageToken()));
    return false;
  }

  InputStream open(Location at, String key, Attributes attributes, ByteRange range)
      throws IOException {
    Attributes pinned = attributes.lengthBytes() < 0 ? stat(at, key) : attributes;
    if (pinned.isDirectory()) {
      throw Problem.cannot("read", at.text())
          .because("it is a directory")
          .remedy("Name a file in it.")
          .kind(FailureKind.CONFLICT)
          .exception();
    }
    refuseBehindEnd(at, pinned, range);
    return new GcsRead(
        requests,
        key,
        pinned,
        range,
        failure -> HadoopFailures.ofRead("read", at, explained(key, pinned, failure)));
  }

  /** Clients disagree: some fail as if the network had, some answer nothing (B57). */
  private static void refuseBehindEnd(Location at, Attributes attributes, ByteRange range)
      throws TransferException {
    if (range.offset() > attributes.lengthBytes()) {
      throw Problem.cannot("read", at.text())
          .because("the range starts at byte " + range.offset() + " of " + attributes.lengthBytes())
          .remedy("Ask for a range that the file has.")
          .kind(FailureKind.UNSUPPORTED)
          .exception();
    }
  }

  /** GCS says of a version that was replaced what it says of an object that was deleted. */
  private Throwable explained(String key, Attributes pinned, Throwable failure) {
    boolean gone =
        HadoopFailures.kindOf(failure, FailureKind.SOURCE_CHANGED) == FailureKind.NOT_FOUND;
    if (gone && pinned.etag() != null) {
      try {
        if (requests.exists(key)) {
          var replaced = new InvalidPathHandleException("another version replaced it");
          replaced.addSuppressed(failure); // as its cause it would say that nothing is there
          return replaced;
        }
      } catch (IOException | RuntimeException unanswered) {
        failure.addSuppressed(unanswered);
      }
    }
    return failure;
  }

  /** An empty object whose key ends with a separator; the bucket needs none. */
  void makeDirectory(Location directory, String key) throws IOException {
    if (key.isEmpty()) {
      return;
    }
    GcsUpload marker = new GcsUpload(requests, GcsMetadata.plain(key + "/"), null, 1);
    try {
      marker.finish();
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("make the directory", directory, failure);
    }
  }
}
