/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.request.PageTokens;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Leftover;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.S3ErrorCodes;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Deletes by the thousand, and finds uploads that nobody will finish. */
final class S3Cleanup {
  private static final int PAGE = 1000;
  private static final int TRIES = 3;
  private static final int NAMED = 3;
  private static final int NOT_IMPLEMENTED = 501;

  private final S3Requests requests;
  private final Location at;
  private volatile boolean oneByOne;

  S3Cleanup(S3Requests requests, Location at) {
    this.requests = requests;
    this.at = at;
  }

  /** One request a page; of a page that was carried out in part the rest is tried again (F26). */
  void delete(Iterator<RelativePath> files) throws IOException {
    List<String> page = new ArrayList<>();
    while (files.hasNext()) {
      page.add(at.child(files.next()).key());
      if (page.size() == PAGE || !files.hasNext()) {
        deletePage(page);
        page = new ArrayList<>();
      }
    }
  }

  /** Removes a file, or a directory with all that is below it. */
  void delete(String key, Attributes attributes) throws IOException {
    if (key.isEmpty()) {
      throw Problem.cannot("delete", at.text())
          .because("it is the root of the store")
          .remedy("Name a directory in it.")
          .kind(FailureKind.UNSUPPORTED)
          .exception();
    }
    try {
      if (!attributes.isDirectory()) {
        requests.head(key); // S3 does not tell whether a deleted key was there
        requests.delete(key);
      } else if (!deleteTree(key + "/")) {
        throw new FileNotFoundException("it is not there");
      }
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("delete", at, failure);
    }
  }

  /** The uploads to a file, or below a directory, that have begun and not ended. */
  List<Leftover> leftovers(Attributes.Kind kind) throws IOException {
    try {
      return uploads(kind);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("list the uploads to", at, failure);
    }
  }

  /** Aborts one of them; harmless when it has ended. */
  void discard(Leftover leftover) throws IOException {
    try {
      requests.abort(at.key(), Objects.requireNonNull(leftover.uploadId(), "uploadId"));
    } catch (IOException | RuntimeException failure) {
      if (!S3ErrorCodes.isCode(failure, "NoSuchUpload")) {
        throw HadoopFailures.of("abort an upload to", at, failure);
      }
    }
  }

  /** Everything below a prefix, and the markers of directories. */
  private boolean deleteTree(String prefix) throws IOException {
    PageTokens pages = new PageTokens();
    ListObjectsV2Response page;
    boolean any = false;
    do {
      page =
          requests.list(
              ListObjectsV2Request.builder().prefix(prefix).continuationToken(pages.token()));
      List<String> keys = page.contents().stream().map(S3Object::key).toList();
      if (!keys.isEmpty()) {
        any = true;
        deletePage(keys);
      }
    } while (pages.turn(page.isTruncated(), page.nextContinuationToken()));
    return any;
  }

  private void deletePage(List<String> keys) throws IOException {
    List<S3Error> refused = send(keys);
    for (int tries = 1; !refused.isEmpty() && tries < TRIES; tries++) {
      refused = send(refused.stream().map(S3Error::key).toList());
    }
    if (!refused.isEmpty()) {
      throw refused(at, refused.size(), named(refused));
    }
  }

  /** The failure for files that the store did not delete. */
  static TransferException refused(Location at, int count, String some) {
    return Problem.cannot("delete", count + " files below " + at.text())
        .because("the store refused " + some)
        .remedy("Check what you may delete there.")
        .kind(FailureKind.ACCESS_DENIED)
        .exception();
  }

  private static String named(List<S3Error> refused) {
    return refused.stream()
        .limit(NAMED)
        .map(error -> error.key() + " (" + error.code() + ")")
        .toList()
        .toString();
  }

  private List<S3Error> send(List<String> keys) throws IOException {
    List<String> single =
        oneByOne ? keys : keys.stream().filter(S3KeyConstraints::isNoXml).toList();
    List<String> bulk = keys.stream().filter(key -> !S3KeyConstraints.isNoXml(key)).toList();
    List<S3Error> refused = List.of();
    if (!oneByOne && !bulk.isEmpty()) {
      try {
        refused = requests.delete(bulk).errors();
      } catch (AwsServiceException told) {
        if (told.statusCode() != NOT_IMPLEMENTED && told.statusCode() != 405) {
          throw told;
        }
        oneByOne = true;
        single = keys;
      }
    }
    for (String key : single) {
      requests.delete(key);
    }
    return refused;
  }

  private List<Leftover> uploads(Attributes.Kind kind) throws IOException {
    boolean file = kind == Attributes.Kind.FILE;
    String prefix = file ? at.key() : at.asDirectory().key();
    List<Leftover> found = new ArrayList<>();
    @Nullable String keyMarker = null;
    @Nullable String idMarker = null;
    PageTokens pages = new PageTokens();
    ListMultipartUploadsResponse page;
    do {
      page =
          requests.uploads(
              ListMultipartUploadsRequest.builder()
                  .prefix(prefix)
                  .keyMarker(keyMarker)
                  .uploadIdMarker(idMarker));
      for (MultipartUpload upload : page.uploads()) {
        found.add(
            new Leftover(at.root() + "/" + upload.key(), upload.uploadId(), upload.initiated()));
      }
      keyMarker = page.nextKeyMarker();
      idMarker = page.nextUploadIdMarker();
    } while (pages.turn(page.isTruncated(), keyMarker == null ? "" : keyMarker + '\n' + idMarker));
    return found;
  }
}
