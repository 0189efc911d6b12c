/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.store.ListingEntry;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Looks in two listings for what there would be if one root lay in the other under a name that does
 * not show it: then files to be deleted are files of the source. It needs no request and bounded
 * memory, and finds too much rather than too little.
 */
public final class AliasSearch {
  private final PathSet files = new PathSet();
  private final PathSet ends = new PathSet();
  private final PathSet extra = new PathSet();
  private final SortedSet<String> sourceMayBe = new TreeSet<>();
  private boolean targetMayBeBelow;

  /** Takes a file that the source has, whether it is copied or not. */
  public void source(ListingEntry file) {
    if (!file.attributes().isDirectory()) {
      String path = file.path().value();
      long length = file.attributes().lengthBytes();
      files.add(path, length);
      for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        ends.add(path.substring(slash + 1), length);
      }
    }
  }

  /** Takes a file that would be deleted; asked after the last of the source. */
  public void extra(ListingEntry file) {
    String path = file.path().value();
    long length = file.attributes().lengthBytes();
    extra.add(path, length);
    targetMayBeBelow |= ends.mayHave(path, length);
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (files.mayHave(path.substring(slash + 1), length)) {
        sourceMayBe.add(path.substring(0, slash));
      }
    }
  }

  /** The directories below the target that may be the source. */
  public SortedSet<String> sourceMayBe() {
    return sourceMayBe;
  }

  /** Whether a directory below the source may be the target. */
  public boolean targetMayBeBelow() {
    return targetMayBeBelow;
  }

  /** Adds the directories below the source that may be the target, by one of its files. */
  public void addTargets(ListingEntry ofSource, SortedSet<String> targets) {
    String path = ofSource.path().value();
    long length = ofSource.attributes().lengthBytes();
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (extra.mayHave(path.substring(slash + 1), length)) {
        targets.add(path.substring(0, slash));
      }
    }
  }
}
