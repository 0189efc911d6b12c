/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.fs.s3a.S3AUtils;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Empty objects that stand for directories, which S3A's committers put where a job begins. */
public final class DirectoryMarkers {
  private DirectoryMarkers() {}

  /**
   * Removes the empty object {@code directory/} when there is something else below the directory,
   * so that whoever lists its objects finds data alone. An object with content is not touched, nor
   * is the marker of an empty directory, nor any other file system than S3A.
   *
   * @throws IOException when S3 refuses; the data is as it was
   */
  public static void removeFromFull(FileSystem fileSystem, Path directory) throws IOException {
    if (!(fileSystem instanceof S3AFileSystem s3a)) {
      return;
    }
    String bucket = s3a.getBucket();
    String marker = s3a.makeQualified(directory).toUri().getPath().substring(1) + "/";
    S3Client client = s3a.getS3AInternals().getAmazonS3Client("the marker of " + directory);
    try {
      List<S3Object> firstTwo =
          client.listObjectsV2(list -> list.bucket(bucket).prefix(marker).maxKeys(2)).contents();
      if (firstTwo.size() == 2
          && firstTwo.get(0).key().equals(marker)
          && firstTwo.get(0).size() == 0) {
        client.deleteObject(delete -> delete.bucket(bucket).key(marker));
      }
    } catch (SdkException failure) {
      throw S3AUtils.translateException("remove the marker", directory, failure);
    }
  }
}
