/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.hadoop.request.PageTokens;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.failure.HadoopFailures;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Deletes objects, and all that lies below a prefix. */
final class GcsCleanup {
  private static final int AT_ONCE = 1000;

  private final GcsRequests requests;

  GcsCleanup(GcsRequests requests) {
    this.requests = requests;
  }

  /** What is gone already is no failure. */
  void delete(Location directory, Iterator<RelativePath> files) throws IOException {
    try {
      List<String> some = new ArrayList<>();
      while (files.hasNext()) {
        some.add(directory.child(files.next()).key());
        if (some.size() == AT_ONCE || !files.hasNext()) {
          requests.delete(some);
          some.clear();
        }
      }
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("delete files below", directory, failure);
    }
  }

  /** Removes a file, or a directory with all that is below it. */
  void delete(Location at, String key, Attributes attributes) throws IOException {
    if (key.isEmpty()) {
      throw Problem.cannot("delete", at.text())
          .because("it is the root of the store")
          .remedy("Name a directory in it.")
          .kind(FailureKind.UNSUPPORTED)
          .exception();
    }
    try {
      boolean there =
          attributes.isDirectory()
              ? deleteTree(key + "/")
              : requests.delete(new GcsRequests.Version(key, null));
      if (!there) {
        throw new FileNotFoundException("it is not there");
      }
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("delete", at, failure);
    }
  }

  /** Everything below a prefix, and the markers of directories; false when there was nothing. */
  boolean deleteTree(String prefix) throws IOException {
    boolean any = false;
    PageTokens pages = new PageTokens();
    Objects page;
    do {
      page = requests.list(new GcsRequests.Page(prefix, null, pages.token()), AT_ONCE);
      if (page.getItems() != null) {
        any |= !page.getItems().isEmpty();
        requests.delete(page.getItems().stream().map(StorageObject::getName).toList());
      }
    } while (pages.turn(page.getNextPageToken()));
    return any;
  }
}
