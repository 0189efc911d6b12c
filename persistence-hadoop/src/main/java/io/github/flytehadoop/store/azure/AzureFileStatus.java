/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.azure;

import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobItemProperties;
import com.azure.storage.blob.models.BlobProperties;
import java.time.OffsetDateTime;
import java.util.Map;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** What is known of a blob, or of a directory that a prefix or a marker stands for. */
final class AzureFileStatus extends FileStatus implements EtagSource {
  private static final long serialVersionUID = 1L;
  private static final String FOLDER = "hdi_isfolder";

  private final @Nullable String etag;

  private AzureFileStatus(
      Path path, long lengthBytes, boolean directory, long modified, @Nullable String etag) {
    super(lengthBytes, directory, 1, 0, modified, path);
    this.etag = etag;
  }

  static AzureFileStatus directory(Path path) {
    return new AzureFileStatus(path, 0, true, 0, null);
  }

  static AzureFileStatus of(Path path, BlobProperties blob) {
    return isFolder(blob.getMetadata())
        ? directory(path)
        : new AzureFileStatus(
            path, blob.getBlobSize(), false, millis(blob.getLastModified()), plain(blob.getETag()));
  }

  static AzureFileStatus of(Path path, BlobItem blob) {
    BlobItemProperties properties = blob.getProperties();
    Long length = properties.getContentLength();
    return isFolder(blob)
        ? directory(path)
        : new AzureFileStatus(
            path,
            length == null ? 0 : length,
            false,
            millis(properties.getLastModified()),
            plain(properties.getETag()));
  }

  /** Whether a blob is the marker of a directory. */
  static boolean isFolder(BlobItem blob) {
    return isFolder(blob.getMetadata());
  }

  private static boolean isFolder(@Nullable Map<String, String> metadata) {
    return metadata != null
        && metadata.entrySet().stream()
            .anyMatch(
                entry ->
                    FOLDER.equalsIgnoreCase(entry.getKey())
                        && Boolean.parseBoolean(entry.getValue()));
  }

  /** Without the quotes that some answers put around it. */
  static @Nullable String plain(@Nullable String etag) {
    return etag == null ? null : etag.replace("\"", "");
  }

  private static long millis(@Nullable OffsetDateTime time) {
    return time == null ? 0 : time.toInstant().toEpochMilli();
  }

  @Override
  public @Nullable String getEtag() {
    return etag;
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
