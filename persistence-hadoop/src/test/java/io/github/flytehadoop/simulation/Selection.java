/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a root offers to be read.
 *
 * @param files by their path below the root, links of a local disk followed
 * @param unsupported what nobody can transfer
 */
record Selection(SortedMap<String, String> files, Set<String> unsupported) {
  static Selection of(SortedMap<String, String> disk, String root) {
    Selection found = new Selection(new TreeMap<>(), new TreeSet<>());
    disk.forEach(
        (path, content) -> {
          if (path.startsWith(root + "/")) {
            found.take(disk, root, path, content);
          }
        });
    return found;
  }

  private void take(SortedMap<String, String> disk, String root, String path, String content) {
    String below = path.substring(root.length() + 1);
    if (Contents.isSpecial(content) || below.contains("//")) {
      unsupported.add(below);
    } else if (Contents.isLink(content)) {
      follow(disk, root, path, below);
    } else {
      files.put(below, content);
    }
  }

  private void follow(SortedMap<String, String> disk, String root, String path, String below) {
    String to = Contents.linked(String.valueOf(disk.get(path)));
    String real = Path.of(path).resolveSibling(to).normalize().toString();
    boolean found = false;
    for (var file : disk.entrySet()) {
      boolean itself = file.getKey().equals(real);
      if (real.startsWith(root + "/") && (itself || file.getKey().startsWith(real + "/"))) {
        found = true;
        files.put(below + file.getKey().substring(real.length()), file.getValue());
      }
    }
    if (!found) {
      unsupported.add(below);
    }
  }
}
