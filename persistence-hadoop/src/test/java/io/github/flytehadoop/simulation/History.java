/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What others did to a disk while a verb ran on it. */
final class History {
  private record Change(String path, String found, String content) {}

  private final SortedMap<String, String> before;
  private final List<Change> changes = new ArrayList<>();

  History(SortedMap<String, String> before) {
    this.before = before;
  }

  SortedMap<String, String> before() {
    return before;
  }

  /** Somebody found a content at a path, and put another in its place. */
  synchronized void changed(String path, String found, String content) {
    changes.add(new Change(path, found, content));
  }

  boolean isQuiet() {
    return changes.isEmpty();
  }

  /** Whether others removed or replaced files on their way or notes of runs. */
  boolean isMeddledWith() {
    return changes.stream().anyMatch(change -> Course.isOurs(change.path));
  }

  boolean isTouched(String path) {
    return changes.stream().anyMatch(change -> change.path.equals(path));
  }

  String first(String path) {
    return before.getOrDefault(path, Contents.ABSENT);
  }

  /** What would be there if nobody else had done anything. */
  String last(String path) {
    String last = first(path);
    for (Change change : changes) {
      last = change.path.equals(path) ? change.content : last;
    }
    return last;
  }

  /** What others found at a path when they changed it. */
  List<String> found(String path) {
    return changes.stream()
        .filter(change -> change.path.equals(path))
        .map(change -> change.found)
        .toList();
  }

  /** The disk before, and after each change of others. */
  List<SortedMap<String, String>> states() {
    List<SortedMap<String, String>> states = new ArrayList<>(List.of(before));
    for (Change change : changes) {
      SortedMap<String, String> next = new TreeMap<>(states.get(states.size() - 1));
      if (change.content.equals(Contents.ABSENT)) {
        next.remove(change.path);
      } else {
        next.put(change.path, change.content);
      }
      states.add(next);
    }
    return states;
  }

  Set<String> paths() {
    Set<String> paths = new LinkedHashSet<>(before.keySet());
    changes.forEach(change -> paths.add(change.path));
    return paths;
  }
}
