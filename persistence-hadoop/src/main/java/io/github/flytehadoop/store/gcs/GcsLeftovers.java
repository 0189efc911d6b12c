/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
import io.github.flytehadoop.hadoop.request.PageTokens;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Leftover;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.failure.HadoopFailures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts of files that a run which was killed has left in GCS. */
final class GcsLeftovers {
  private final GcsRequests requests;
  private final Location at;
  private final String tag;

  GcsLeftovers(GcsRequests requests, Location at, String tag) {
    this.requests = requests;
    this.at = at;
    this.tag = tag;
  }

  /** Markers come first: once they are gone, whoever still writes a part takes it back. */
  List<Leftover> find(Attributes.Kind kind) throws IOException {
    String key = at.key();
    String prefix =
        kind == Attributes.Kind.DIRECTORY
            ? at.asDirectory().key()
            : key.substring(0, key.lastIndexOf('/') + 1) + ReservedNames.start(tag);
    List<Leftover> markers = new ArrayList<>();
    List<Leftover> parts = new ArrayList<>();
    PageTokens pages = new PageTokens();
    try {
      while (pages.turn(page(prefix, pages.token(), markers, parts))) {
        // there is another
      }
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("list", at, failure);
    }
    markers.addAll(parts);
    return markers;
  }

  private @Nullable String page(
      String prefix, @Nullable String token, List<Leftover> markers, List<Leftover> parts)
      throws IOException {
    Objects page = requests.list(new GcsRequests.Page(prefix, null, token), Long.MAX_VALUE);
    if (page.getItems() != null) {
      for (StorageObject item : page.getItems()) {
        String key = item.getName();
        if (isOurs(key)) {
          Leftover found =
              new Leftover(
                  at.scheme() + "://" + at.authority() + "/" + key,
                  null,
                  GcsStatus.timeOf(item.getTimeCreated()));
          (GcsParts.isMarker(key) ? markers : parts).add(found);
        }
      }
    }
    return page.getNextPageToken();
  }

  /** Whether it lies in a hidden directory of the run. */
  private boolean isOurs(String key) {
    int last = key.lastIndexOf('/');
    return last > 0
        && ReservedNames.isOf(key.substring(key.lastIndexOf('/', last - 1) + 1, last), tag);
  }

  static void discard(GcsRequests requests, Leftover leftover) throws IOException {
    Location at = Location.parse(leftover.at());
    try {
      requests.delete(List.of(at.key()));
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("delete", at, failure);
    }
  }
}
