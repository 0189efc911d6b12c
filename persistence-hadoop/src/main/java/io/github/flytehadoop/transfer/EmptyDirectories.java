/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.StoreTraits;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens to directories that hold no file (fixes W-28). Where directories are real they are
 * made. Where they are prefixes an empty tree gets one marker, so that it can be fetched again, and
 * empty directories inside a tree are named in the report's notes, because markers among data trip
 * other readers.
 */
record EmptyDirectories(List<String> toMake, List<String> notes) {
  static EmptyDirectories of(StoreTraits traits, Location target, TransferPlanner.Tree tree) {
    List<RelativePath> empty = tree.emptyDirectories();
    List<String> toMake = new ArrayList<>();
    if (tree.files().isEmpty()) {
      toMake.add(target.text());
    }
    if (traits.tree() == StoreTraits.Tree.DIRECTORIES) {
      empty.forEach(directory -> toMake.add(target.child(directory).text()));
      return new EmptyDirectories(toMake, List.of());
    }
    List<String> notes =
        empty.isEmpty()
            ? List.of()
            : List.of(
                empty.size()
                    + " empty directories were left out, the first is "
                    + empty.get(0)
                    + ": "
                    + target.scheme()
                    + " keeps files alone.");
    return new EmptyDirectories(toMake, notes);
  }
}
