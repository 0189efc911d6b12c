/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.request.PageTokens;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.RereadableSource;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.hadoop.ContentHeaders;
import io.github.flytehadoop.store.s3.request.S3Objects;
import io.github.flytehadoop.store.s3.request.S3RequestBody;
import io.github.flytehadoop.store.s3.request.S3WriteHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Looks at single objects, and at prefixes as the directories that they stand for. */
final class S3Lookup {
  private final S3Requests requests;

  S3Lookup(S3Requests requests) {
    this.requests = requests;
  }

  Attributes stat(Location at, String key) throws IOException {
    try {
      return key.isEmpty() ? bucket() : S3Objects.file(requests.head(key));
    } catch (IOException | RuntimeException failure) {
      if (HadoopFailures.kindOf(failure, FailureKind.CONFLICT) != FailureKind.NOT_FOUND) {
        throw HadoopFailures.of("look up", at, failure);
      }
      return directory(at, key, failure);
    }
  }

  /** What has keys below it is a directory. */
  private Attributes directory(Location at, String key, Exception missing) throws IOException {
    boolean any;
    try {
      any = isAnyBelow(key + "/");
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("look up", at, failure);
    }
    if (!any) {
      throw HadoopFailures.of("look up", at, missing);
    }
    return S3Objects.directory();
  }

  /** A page may have nothing and yet not be the last. */
  private boolean isAnyBelow(String prefix) throws IOException {
    PageTokens pages = new PageTokens();
    ListObjectsV2Response page;
    do {
      page =
          requests.list(
              ListObjectsV2Request.builder()
                  .prefix(prefix)
                  .maxKeys(1)
                  .continuationToken(pages.token()));
      if (!page.contents().isEmpty()) {
        return true;
      }
    } while (pages.turn(page.isTruncated(), page.nextContinuationToken()));
    return false;
  }

  /** Whoever may list it knows that it is there. */
  private Attributes bucket() throws IOException {
    requests.list(ListObjectsV2Request.builder().maxKeys(1));
    return S3Objects.directory();
  }

  InputStream open(Location at, String key, Attributes attributes, ByteRange range)
      throws IOException {
    long length = attributes.lengthBytes();
    Attributes pinned = length < 0 ? stat(at, key) : attributes;
    if (pinned.isDirectory()) {
      throw Problem.cannot("read", at.text())
          .because("it is a directory")
          .remedy("Name a file in it.")
          .kind(FailureKind.CONFLICT)
          .exception();
    }
    refuseBehindEnd(at, pinned, range);
    S3Read in =
        new S3Read(
            requests, key, pinned, range, failure -> HadoopFailures.ofRead("read", at, failure));
    return S3EtagCheck.compared(requests, at, new S3EtagCheck.Opened(key, pinned, range, in));
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

  /** An empty object whose key ends with a separator; the bucket needs none. */
  void makeDirectory(Location directory, String key) throws IOException {
    if (key.isEmpty()) {
      return;
    }
    RereadableSource nothing =
        new RereadableSource() {
          @Override
          public long lengthBytes() {
            return 0;
          }

          @Override
          public InputStream open(ByteRange range) {
            return new ByteArrayInputStream(new byte[0]);
          }
        };
    S3WriteHeaders headers =
        new S3WriteHeaders(
            Map.of(ContentHeaders.TYPE, "application/x-directory"), WriteOptions.Existing.REPLACE);
    try (S3RequestBody body = new S3RequestBody(nothing, new ByteRange(0, 0))) {
      requests.put(key + "/", headers, body);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("make the directory", directory, failure);
    }
  }
}
