/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.commit;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.BulkDelete;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** Deletes many files: a page with a request where Hadoop can, which is since 3.4.1. */
final class Deletes {
  private static final boolean BULK =
      Arrays.stream(FileSystem.class.getMethods())
          .anyMatch(method -> method.getName().equals("createBulkDelete"));

  private Deletes() {}

  /**
   * Deletes files below a root, and notes the ones that were refused.
   *
   * @return the last exception that the store gave in place of an answer
   */
  static @Nullable IOException delete(
      FileSystem fileSystem, Path root, List<Path> files, Map<Path, String> refused)
      throws IOException {
    return BULK
        ? Pages.delete(fileSystem, root, files, refused)
        : eachAlone(fileSystem, files, refused);
  }

  private static @Nullable IOException eachAlone(
      FileSystem fileSystem, List<Path> files, Map<Path, String> refused) {
    IOException last = null;
    for (Path file : files) {
      try {
        // false: somebody else has deleted it
        fileSystem.delete(file, false);
      } catch (IOException failure) {
        last = failure;
        refused.put(file, String.valueOf(failure.getMessage()));
      }
    }
    return last;
  }

  /** In a class of its own, for an older Hadoop has none of the types. */
  private static final class Pages {
    static @Nullable IOException delete(
        FileSystem fileSystem, Path root, List<Path> files, Map<Path, String> refused)
        throws IOException {
      IOException last = null;
      try (BulkDelete bulk = fileSystem.createBulkDelete(root)) {
        for (int from = 0; from < files.size(); from += bulk.pageSize()) {
          List<Path> page = files.subList(from, Math.min(files.size(), from + bulk.pageSize()));
          try {
            bulk.bulkDelete(page).forEach(each -> refused.put(each.getKey(), each.getValue()));
          } catch (IOException failure) {
            last = failure;
            page.forEach(file -> refused.put(file, String.valueOf(failure.getMessage())));
          }
        }
      }
      return last;
    }
  }
}
