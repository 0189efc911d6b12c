/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.request.PageTokens;
import io.github.flytehadoop.location.ListedKey;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.ListingEntry;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.UnsupportedEntry;
import io.github.flytehadoop.store.failure.HadoopFailures;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The objects below a directory, one request a page, or its children. Belongs to one thread. */
final class GcsListing implements Listing {
  /** What of a directory is listed. */
  enum Depth {
    CHILDREN,
    TREE
  }

  private final GcsRequests requests;
  private final Location root;
  private final String prefix;
  private final Depth depth;
  private final UnsupportedEntry.Handler unsupported;
  private final Deque<ListingEntry> page = new ArrayDeque<>();
  private final PageTokens pages = new PageTokens();
  private boolean ended;
  private boolean foundAnything;
  private long hidden;

  /** A listing of the directory with this key, which has no separator at its end. */
  GcsListing(
      GcsRequests requests,
      Location root,
      String key,
      Depth depth,
      UnsupportedEntry.Handler unsupported) {
    this.requests = requests;
    this.root = root;
    this.prefix = key.isEmpty() ? "" : key + "/";
    this.depth = depth;
    this.unsupported = unsupported;
  }

  /**
   * Asks for the first page.
   *
   * @throws io.github.flytehadoop.error.DataNotFoundException when nothing is there
   */
  GcsListing open() throws IOException {
    hasNext();
    if (!foundAnything && !prefix.isEmpty()) {
      throw nothing(prefix.substring(0, prefix.length() - 1));
    }
    return this;
  }

  /** An object of that name is a file; there is no other question to ask. */
  private TransferException nothing(String key) {
    try {
      if (requests.exists(key)) {
        return refused("it is a file", "Ask for it as one file.");
      }
      return HadoopFailures.of("list", root, new FileNotFoundException("it is not there"));
    } catch (IOException | RuntimeException failure) {
      return HadoopFailures.of("list", root, failure);
    }
  }

  @Override
  public boolean hasNext() throws IOException {
    while (page.isEmpty() && !ended) {
      fetch();
    }
    return !page.isEmpty();
  }

  private void fetch() throws IOException {
    Objects answer;
    try {
      String delimiter = depth == Depth.CHILDREN ? "/" : null;
      String token = pages.token();
      answer = requests.list(new GcsRequests.Page(prefix, delimiter, token), Long.MAX_VALUE);
      ended = !pages.turn(answer.getNextPageToken());
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.ofRead("list", root, failure);
    }
    for (StorageObject object : orNone(answer.getItems())) {
      foundAnything = true;
      add(object);
    }
    for (String below : orNone(answer.getPrefixes())) {
      foundAnything = true;
      String name = requireBelow(below);
      addUnlessOurs(name.substring(0, name.length() - 1), below, GcsStatus.directory());
    }
  }

  private static <T> List<T> orNone(@Nullable List<T> items) {
    return items == null ? List.of() : items;
  }

  private String requireBelow(String key) throws TransferException {
    if (!key.startsWith(prefix)) {
      throw refused(
          "the store names " + Printable.of(key) + ", which is outside",
          "Ask whoever runs the store.");
    }
    return key.substring(prefix.length());
  }

  /** What would be left out, or taken for another, is no plain entry (B12, B14). */
  private void add(StorageObject object) throws IOException {
    String key = object.getName();
    String name = requireBelow(key);
    String problem = ListedKey.problemOf(key, GcsStatus.sizeOf(object), prefix);
    if (problem != null) {
      leaveOut(name, problem);
    } else if (!name.isEmpty() && !name.endsWith("/")) {
      addUnlessOurs(name, key, GcsStatus.file(object));
    }
  }

  private void addUnlessOurs(String name, String key, Attributes attributes) throws IOException {
    String problem = ListedKey.problemOf(key, 0, prefix);
    if (problem == null) {
      String why = RelativePath.problemOf(name);
      problem =
          why == null
              ? null
              : "of its entry " + Printable.of(name) + ": " + why.replaceAll("\\.$", "");
    }
    if (problem != null) {
      leaveOut(name, problem);
    } else if (ReservedNames.isBelow(name)) {
      hidden++;
    } else {
      page.add(new ListingEntry(new RelativePath(name), attributes));
    }
  }

  private void leaveOut(String name, String why) throws IOException {
    TransferException failure = refused(why, "Rename that key, or leave it out.");
    unsupported.found(new UnsupportedEntry(name, UnsupportedEntry.Extent.ENTRY, failure));
  }

  private TransferException refused(String why, String remedy) {
    return Problem.cannot("list", root.text())
        .because(why)
        .remedy(remedy)
        .kind(FailureKind.UNSUPPORTED)
        .exception();
  }

  @Override
  public long hidden() {
    return hidden;
  }

  @Override
  public ListingEntry next() throws IOException {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.remove();
  }

  @Override
  public void close() {
    ended = true;
    page.clear();
  }
}
