/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.ListingEntry;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.transfer.spill.SpilledList;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What happens to directories that hold no file (fixes W-28). Where directories are real they are
 * made. Where they are prefixes an empty tree gets one marker, so that it can be fetched again, and
 * empty directories inside a tree are named in the report's notes, because markers among data trip
 * other readers.
 */
public record EmptyDirectories(Iterable<String> toMake, List<String> notes) {
  /** The directories that hold nothing and that the target is to have. */
  public static EmptyDirectories of(StoreTraits traits, Location target, PlanBuilder draft) {
    SpilledList<ListingEntry> empty = draft.emptyDirectories();
    List<String> root = draft.files() == 0 ? List.of(target.text()) : List.of();
    if (traits.tree() == StoreTraits.Tree.DIRECTORIES && !empty.isEmpty()) {
      return new EmptyDirectories(() -> below(root, target, empty.iterator()), draft.notes());
    }
    List<String> notes = new ArrayList<>(draft.notes());
    if (!empty.isEmpty()) {
      notes.add(
          empty.size()
              + " empty directories were left out, the first is "
              + empty.iterator().next().path()
              + ": "
              + target.scheme()
              + " keeps files alone.");
    }
    return new EmptyDirectories(root, notes);
  }

  private static Iterator<String> below(
      List<String> first, Location target, Iterator<ListingEntry> directories) {
    Iterator<String> root = first.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return root.hasNext() || directories.hasNext();
      }

      @Override
      public String next() {
        return root.hasNext() ? root.next() : target.child(directories.next().path()).text();
      }
    };
  }
}
