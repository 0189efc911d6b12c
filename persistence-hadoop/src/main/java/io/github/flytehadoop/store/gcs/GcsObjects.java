/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.cloud.hadoop.fs.gcs.GoogleHadoopFileSystem;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.GoogleCloudStorage;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.GoogleCloudStorageItemInfo;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.StorageResourceId;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.VerificationAttributes;
import io.github.flytehadoop.store.Attributes;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
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

  /** What opens one version of an object without asking for it first. */
  static GoogleCloudStorageItemInfo pinned(Path path, Attributes attributes, long generation) {
    long time = attributes.modified().toEpochMilli();
    return GoogleCloudStorageItemInfo.createObject(
        id(path, generation),
        time,
        time,
        attributes.lengthBytes(),
        "application/octet-stream",
        null,
        Map.of(),
        generation,
        0,
        new VerificationAttributes(null, null));
  }

  /** Removes an object whose bytes have this CRC32C. */
  static void removeBroken(GoogleCloudStorage objects, Path path, String crc32c)
      throws IOException {
    GoogleCloudStorageItemInfo now = objects.getItemInfo(newest(path));
    if (now.exists() && crc32c.equals(GcsStatus.crc32c(now))) {
      objects.deleteObjects(List.of(id(path, now.getContentGeneration())));
    }
  }
}
