/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.cloud.hadoop.fs.gcs.GoogleHadoopFileSystem;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.GoogleCloudStorage;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.GoogleCloudStorageItemInfo;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.StorageResourceId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The object API below Google's Hadoop file system. */
final class GcsObjects {
  private GcsObjects() {}

  static GoogleCloudStorage of(FileSystem fileSystem) {
    return ((GoogleHadoopFileSystem) fileSystem).getGcsFs().getGcs();
  }

  static StorageResourceId id(Path path, long generation) {
    return new StorageResourceId(
        path.toUri().getAuthority(), path.toUri().getPath().substring(1), generation);
  }

  static StorageResourceId newest(Path path) {
    return id(path, StorageResourceId.UNKNOWN_GENERATION_ID);
  }

  /** All metadata of an object, the mark of its writer included. */
  static Map<String, String> metadata(GoogleCloudStorage objects, Path path) throws IOException {
    GoogleCloudStorageItemInfo item = objects.getItemInfo(newest(path));
    if (!item.exists()) {
      throw new FileNotFoundException(path + " is not there");
    }
    return GcsMetadata.of(item);
  }
}
