/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.fs.s3a.S3AUtils;
import software.amazon.awssdk.core.exception.SdkException;
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
    if (!(fileSystem instanceof S3AFileSystem s3a)) {
      return;
    }
    String bucket = s3a.getBucket();
    String prefix = s3a.makeQualified(directory).toUri().getPath().substring(1) + "/";
    S3Client client = s3a.getS3AInternals().getAmazonS3Client("uploads below " + directory);
    try {
      for (MultipartUpload upload :
          client
              .listMultipartUploadsPaginator(list -> list.bucket(bucket).prefix(prefix))
              .uploads()) {
        if (upload.key().contains(job)) {
          abort(client, bucket, upload);
        }
      }
    } catch (SdkException failure) {
      throw S3AUtils.translateException("abort the uploads of", directory, failure);
    }
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
