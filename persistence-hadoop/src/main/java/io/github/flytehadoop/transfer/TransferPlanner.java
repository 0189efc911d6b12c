/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Listed;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns a listing into items: contained, free of conflicts, largest first. Whatever is wrong with
 * the names is found here, before the first byte moves.
 */
final class TransferPlanner {
  /** A directory as it was listed, by relative path. */
  record Tree(Map<RelativePath, Attributes> files, List<RelativePath> emptyDirectories) {}

  private final Stores stores;
  private final Cancellation cancellation;

  TransferPlanner(Stores stores, Cancellation cancellation) {
    this.stores = stores;
    this.cancellation = cancellation;
  }

  /** Everything below a directory. */
  Tree list(Location directory, PathFilter filter) throws IOException {
    Map<RelativePath, Attributes> files = new TreeMap<>();
    List<RelativePath> emptyDirectories = new ArrayList<>();
    try (Listing listing = stores.of(directory).tree(directory)) {
      while (listing.hasNext()) {
        cancellation.check(directory.text());
        Listed entry = listing.next();
        if (!filter.takes(entry.path())) {
          continue;
        }
        if (entry.attributes().isDirectory()) {
          emptyDirectories.add(entry.path());
        } else if (files.put(entry.path(), slim(entry.attributes())) != null) {
          throw conflict(directory, entry.path(), "two keys of the source have this path");
        }
      }
    }
    return new Tree(files, emptyDirectories);
  }

  /** Without Hadoop's status: a plan keeps one of these for each file. */
  private static Attributes slim(Attributes listed) {
    return new Attributes(
        listed.kind(), listed.lengthBytes(), listed.modified(), listed.etag(), null);
  }

  /** The items of a tree, largest first. */
  List<TransferItem> items(Location source, Location target, Map<RelativePath, Attributes> files)
      throws IOException {
    Store to = stores.of(target);
    if (to.traits().tree() == StoreTraits.Tree.DIRECTORIES) {
      refuseFileAndDirectory(target, files);
    }
    List<TransferItem> items = new ArrayList<>(files.size());
    for (Map.Entry<RelativePath, Attributes> file : files.entrySet()) {
      RelativePath path = file.getKey();
      items.add(item(items.size(), source.child(path), target.child(path), file.getValue()));
    }
    items.sort(
        Comparator.comparingLong(TransferItem::lengthBytes)
            .reversed()
            .thenComparingLong(TransferItem::id));
    return items;
  }

  static TransferItem item(long id, Location source, Location target, Attributes attributes) {
    return new TransferItem(
        id,
        source.text(),
        target.text(),
        attributes.lengthBytes(),
        attributes.modified().toEpochMilli(),
        attributes.etag());
  }

  /** An object store can hold {@code x} beside {@code x/y}, a file system cannot (W-21, B15). */
  private static void refuseFileAndDirectory(Location target, Map<RelativePath, Attributes> files)
      throws TransferException {
    for (RelativePath path : files.keySet()) {
      for (RelativePath above = path.parent(); above != null; above = above.parent()) {
        if (files.containsKey(above)) {
          throw conflict(target, above, "the source has it as a file and as a directory");
        }
      }
    }
  }

  private static TransferException conflict(Location root, RelativePath path, String why) {
    return new TransferException(
        FailureKind.CONFLICT,
        root.child(path).text(),
        "Cannot write "
            + root.child(path).text()
            + ": "
            + why
            + ". Rename one of them, or leave one out.",
        null);
  }

  /** What is at a location, or null when it is definitely absent. */
  @Nullable Attributes statOrNull(Location at) throws IOException {
    try {
      return stores.of(at).stat(at);
    } catch (io.github.flytehadoop.error.DataNotFoundException absent) {
      return null;
    }
  }
}
