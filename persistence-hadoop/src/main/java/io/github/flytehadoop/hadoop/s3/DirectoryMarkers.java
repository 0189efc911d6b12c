/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Empty objects that stand for directories, which S3A's committers put where a job begins. */
public final class DirectoryMarkers {
  private DirectoryMarkers() {}

  /**
   * Removes the empty object {@code directory/} when there is something else below the directory,
   * so that whoever lists its objects finds data alone. An object with content is not touched, nor
   * is the marker of an empty directory, nor any other file system than S3A, nor a bucket that only
   * S3A can reach.
   *
   * @throws IOException when S3 refuses; the data is as it was
   */
  public static void removeFromFull(FileSystem fileSystem, Path directory) throws IOException {
    S3Bucket bucket = S3Bucket.of(fileSystem);
    if (bucket == null) {
      return;
    }
    String marker = bucket.key(directory) + "/";
    bucket.use(
        "remove the marker of " + directory,
        (client, name) -> {
          List<S3Object> firstTwo =
              client.listObjectsV2(list -> list.bucket(name).prefix(marker).maxKeys(2)).contents();
          if (firstTwo.size() == 2
              && firstTwo.get(0).key().equals(marker)
              && firstTwo.get(0).size() == 0) {
            client.deleteObject(delete -> delete.bucket(name).key(marker));
          }
        });
  }
}
