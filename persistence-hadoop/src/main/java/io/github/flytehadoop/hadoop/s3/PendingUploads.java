/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;

/** Uploads that one job has begun and will never complete, as those of a task that was killed. */
public final class PendingUploads {
  private PendingUploads() {}

  /**
   * Aborts every upload of a job's files below a directory. An upload that somebody else ends
   * meanwhile is no failure: S3A's own committers take it for one, and fail a job that has
   * published its files. Uploads of other writers to the same directory go on.
   *
   * @param job part of the key of every file of the job
   * @throws IOException when S3 refuses; some uploads may be left
   */
  public static void abortBelow(FileSystem fileSystem, Path directory, String job)
      throws IOException {
    S3Bucket bucket = S3Bucket.of(fileSystem);
    if (bucket == null) {
      return;
    }
    String prefix = bucket.key(directory) + "/";
    bucket.use(
        "abort the uploads of " + directory,
        (client, name) -> {
          for (MultipartUpload upload :
              client
                  .listMultipartUploadsPaginator(list -> list.bucket(name).prefix(prefix))
                  .uploads()) {
            if (upload.key().contains(job)) {
              abort(client, name, upload);
            }
          }
        });
  }

  private static void abort(S3Client client, String bucket, MultipartUpload upload) {
    try {
      client.abortMultipartUpload(
          abort -> abort.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
    } catch (NoSuchUploadException ended) {
      // by the task that had begun it
    }
  }
}
