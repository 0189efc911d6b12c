/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Leftover;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.S3Reasons;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.BulkDelete;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** Deletes by the thousand, and finds uploads that nobody will finish. */
final class S3Cleaning {
  private static final int TRIES = 3;
  private static final int NAMED = 3;

  private final S3Store store;

  S3Cleaning(S3Store store) {
    this.store = store;
  }

  /** One request a page; of a page that was carried out in part the rest is tried again (F26). */
  void delete(Location directory, Iterator<RelativePath> files) throws IOException {
    Path root = store.path(directory);
    try (BulkDelete bulk = store.fileSystem().createBulkDelete(root)) {
      List<Path> page = new ArrayList<>();
      while (files.hasNext()) {
        page.add(store.path(directory.child(files.next())));
        if (page.size() == bulk.pageSize() || !files.hasNext()) {
          deletePage(directory, bulk, page);
          page.clear();
        }
      }
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("delete files below", directory, failure);
    }
  }

  private static void deletePage(Location directory, BulkDelete bulk, List<Path> page)
      throws IOException {
    List<Map.Entry<Path, String>> refused = bulk.bulkDelete(page);
    for (int tries = 1; !refused.isEmpty() && tries < TRIES; tries++) {
      refused = bulk.bulkDelete(refused.stream().map(Map.Entry::getKey).toList());
    }
    if (!refused.isEmpty()) {
      throw new TransferException(
          FailureKind.ACCESS_DENIED,
          directory.text(),
          "Cannot delete "
              + refused.size()
              + " files below "
              + Printable.of(directory.text())
              + ": the store refused "
              + Printable.of(refused.stream().limit(NAMED).toList().toString())
              + ". Check what you may delete there.",
          null);
    }
  }

  List<Leftover> uploads(Location at, Attributes.Kind kind) throws IOException {
    if (!(store.fileSystem() instanceof S3AFileSystem s3a)) {
      return List.of();
    }
    String key = kind == Attributes.Kind.FILE ? at.key() : at.asDirectory().key();
    List<Leftover> found = new ArrayList<>();
    try {
      client(s3a)
          .listMultipartUploadsPaginator(list -> list.bucket(s3a.getBucket()).prefix(key))
          .uploads()
          .forEach(
              upload ->
                  found.add(
                      new Leftover(
                          at.scheme() + "://" + at.authority() + "/" + upload.key(),
                          upload.uploadId(),
                          upload.initiated())));
    } catch (SdkException failure) {
      throw HadoopFailures.of("list the uploads to", at, failure);
    }
    return found;
  }

  void abort(Leftover upload) throws IOException {
    Location at = Location.parse(upload.at());
    if (store.fileSystem() instanceof S3AFileSystem s3a) {
      try {
        client(s3a)
            .abortMultipartUpload(
                abort -> abort.bucket(s3a.getBucket()).key(at.key()).uploadId(upload.uploadId()));
      } catch (SdkException failure) {
        if (!S3Reasons.isCode(failure, "NoSuchUpload")) {
          throw HadoopFailures.of("abort an upload to", at, failure);
        }
      }
    }
  }

  private static S3Client client(S3AFileSystem s3a) {
    return s3a.getS3AInternals().getAmazonS3Client("leftovers of a killed run");
  }
}
