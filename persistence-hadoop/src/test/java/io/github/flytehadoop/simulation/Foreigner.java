/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/** Somebody else who writes to the same disks. */
final class Foreigner {
  private Foreigner() {}

  /** Does it before any verb runs, when nobody has to take note of it. */
  static void prepare(Ends ends, Step step) throws IOException {
    act(ends, step, new History(new TreeMap<>()));
  }

  /** Does it, and notes what changed. */
  static void act(Ends ends, Step step, History history) throws IOException {
    String side = step.get("side");
    Disk disk = ends.disk(side);
    String path = disk.found(ends.root(side) + "/" + step.get("path"));
    SortedMap<String, String> found = disk.files();
    if (step.is("remove") || step.has("dir")) {
      for (String gone : disk.remove(path)) {
        history.changed(gone, found.getOrDefault(gone, Contents.ABSENT), Contents.ABSENT);
      }
      // one that has made way for its replacement goes with its directory
      history.paths().stream()
          .filter(known -> known.startsWith(path + "/") && !found.containsKey(known))
          .forEach(known -> history.changed(known, Contents.ABSENT, Contents.ABSENT));
    }
    String content = content(step);
    if (!step.is("remove") && disk.write(path, content)) {
      history.changed(path, found.getOrDefault(path, Contents.ABSENT), content);
    }
  }

  private static String content(Step step) {
    return switch (step.verb()) {
      case "link" -> Contents.link(step.get("to"));
      case "special" -> Contents.special(step.get("kind", "fifo"));
      default -> Contents.of(step.number("size", 10), step.number("fill", 1));
    };
  }
}
