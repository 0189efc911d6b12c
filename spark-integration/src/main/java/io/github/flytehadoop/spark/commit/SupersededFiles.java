/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.commit;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.BulkDelete;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** The files that an overwrite replaces. They stay until the new ones are complete. */
public final class SupersededFiles {
  private static final Set<String> WITHOUT_DIRECTORIES = Set.of("s3", "s3a", "s3n", "gs");

  private final FileSystem fileSystem;
  private final Path root;
  private final List<Path> files;
  private final Set<Path> known;

  private SupersededFiles(FileSystem fileSystem, Path root, List<Path> files) {
    this.fileSystem = fileSystem;
    this.root = root;
    this.files = files;
    this.known = Set.copyOf(files);
  }

  /** What is below a path now; nothing when there is no such path. */
  public static SupersededFiles below(FileSystem fileSystem, Path root) throws IOException {
    Path qualified = fileSystem.makeQualified(root);
    List<Path> files = new ArrayList<>();
    try {
      RemoteIterator<LocatedFileStatus> listing = fileSystem.listFiles(qualified, true);
      while (listing.hasNext()) {
        files.add(listing.next().getPath());
      }
    } catch (FileNotFoundException nothingThere) {
      return new SupersededFiles(fileSystem, qualified, List.of());
    }
    return new SupersededFiles(fileSystem, qualified, files);
  }

  /** Whether the file was below the path. */
  public boolean contains(Path file) {
    return known.contains(file);
  }

  /** Deletes them, and the directories below the path that are empty then. */
  public void delete() throws IOException {
    if (files.isEmpty()) {
      return;
    }
    try (BulkDelete bulk = fileSystem.createBulkDelete(root)) {
      for (int from = 0; from < files.size(); from += bulk.pageSize()) {
        List<Path> page = files.subList(from, Math.min(files.size(), from + bulk.pageSize()));
        refuseFailures(bulk.bulkDelete(page));
      }
    }
    if (!WITHOUT_DIRECTORIES.contains(fileSystem.getUri().getScheme())) {
      for (Path directory : directoriesDeepestFirst()) {
        if (fileSystem.listStatus(directory).length == 0) {
          fileSystem.delete(directory, false);
        }
      }
    }
  }

  private void refuseFailures(List<Map.Entry<Path, String>> failures) throws IOException {
    if (!failures.isEmpty()) {
      throw new IOException(
          "Cannot delete "
              + failures.get(0).getKey()
              + " after "
              + root
              + " was written anew: "
              + failures.get(0).getValue()
              + ". The new files are complete; delete the old ones by hand.");
    }
  }

  private Set<Path> directoriesDeepestFirst() {
    Set<Path> directories =
        new TreeSet<>(Comparator.comparingInt(Path::depth).reversed().thenComparing(p -> p));
    for (Path file : files) {
      Path parent = file.getParent();
      while (parent != null && !parent.equals(root) && parent.depth() > root.depth()) {
        directories.add(parent);
        parent = parent.getParent();
      }
    }
    return directories;
  }
}
