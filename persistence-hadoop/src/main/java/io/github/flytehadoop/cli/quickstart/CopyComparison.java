/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What two directories have in common.
 *
 * @param files files that both have
 * @param bytes bytes that were compared
 * @param differences paths that only one has, or whose bytes differ
 */
record CopyComparison(long files, long bytes, List<String> differences) {
  static CopyComparison of(Path expected, Path actual) throws IOException {
    Map<String, Path> left = files(expected);
    Map<String, Path> right = files(actual);
    List<String> differences = new ArrayList<>();
    long bytes = 0;
    for (Map.Entry<String, Path> file : left.entrySet()) {
      Path other = right.remove(file.getKey());
      if (other == null || Files.mismatch(file.getValue(), other) != -1) {
        differences.add(file.getKey());
      } else {
        bytes += Files.size(file.getValue());
      }
    }
    differences.addAll(right.keySet());
    return new CopyComparison(left.size(), bytes, differences);
  }

  private static Map<String, Path> files(Path root) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      paths
          .filter(Files::isRegularFile)
          .forEach(file -> files.put(root.relativize(file).toString(), file));
    }
    return files;
  }
}
