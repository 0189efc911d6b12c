/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.GoogleCloudStorage;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.GoogleCloudStorageItemInfo;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.ListObjectOptions;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.StorageResourceId;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Leftover;
import io.github.flytehadoop.store.Temporary;
import io.github.flytehadoop.store.failure.HadoopFailures;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts of files that a run which was killed has left in GCS. */
final class GcsLeftovers {
  private static final ListObjectOptions ALL =
      ListObjectOptions.DEFAULT_FLAT_LIST.toBuilder().setIncludePrefix(true).build();

  private final GoogleCloudStorage storage;
  private final Location at;
  private final String tag;

  GcsLeftovers(GoogleCloudStorage storage, Location at, String tag) {
    this.storage = storage;
    this.at = at;
    this.tag = tag;
  }

  /** Markers come first: once they are gone, whoever still writes a part takes it back. */
  List<Leftover> find(Attributes.Kind kind) throws IOException {
    String key = at.key();
    String prefix =
        kind == Attributes.Kind.DIRECTORY
            ? at.asDirectory().key()
            : key.substring(0, key.lastIndexOf('/') + 1) + Temporary.start(tag);
    List<Leftover> markers = new ArrayList<>();
    List<Leftover> parts = new ArrayList<>();
    String next = null;
    try {
      do {
        next = page(prefix, next, markers, parts);
      } while (next != null);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("list", at, failure);
    }
    markers.addAll(parts);
    return markers;
  }

  private @Nullable String page(
      String prefix, @Nullable String token, List<Leftover> markers, List<Leftover> parts)
      throws IOException {
    var page = storage.listObjectInfoPage(at.authority(), prefix, ALL, token);
    for (GoogleCloudStorageItemInfo item : page.getItems()) {
      String key = item.getObjectName();
      if (key != null && isOurs(key)) {
        Leftover found =
            new Leftover(
                at.scheme() + "://" + at.authority() + "/" + key,
                null,
                Instant.ofEpochMilli(item.getCreationTime()));
        (GcsParts.isMarker(key) ? markers : parts).add(found);
      }
    }
    return page.getNextPageToken();
  }

  /** Whether it lies in a hidden directory of the run. */
  private boolean isOurs(String key) {
    int last = key.lastIndexOf('/');
    return last > 0 && Temporary.isOf(key.substring(key.lastIndexOf('/', last - 1) + 1, last), tag);
  }

  static void discard(GoogleCloudStorage storage, Leftover leftover) throws IOException {
    Location at = Location.parse(leftover.at());
    try {
      storage.deleteObjects(List.of(new StorageResourceId(at.authority(), at.key())));
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("delete", at, failure);
    }
  }
}
