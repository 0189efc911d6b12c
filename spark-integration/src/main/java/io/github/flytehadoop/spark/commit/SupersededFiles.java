/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.commit;

import io.github.flytehadoop.location.StoreKind;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The files that an overwrite replaces. They stay until the new ones are complete. What jobs that
 * are running keep below the same path is not among them.
 */
public final class SupersededFiles {
  /** Where Spark and Hadoop's committers keep the work of running jobs, and we old files. */
  private static final List<String> WORK =
      List.of("_temporary", ".spark-staging-", "__magic", SetAside.PREFIX);

  private final FileSystem fileSystem;
  private final Path root;
  private final List<Path> files;
  private final Set<Path> known;

  private SupersededFiles(FileSystem fileSystem, Path root, List<Path> files) {
    this.fileSystem = fileSystem;
    this.root = root;
    this.files = List.copyOf(files);
    this.known = Set.copyOf(files);
  }

  /** Lists the files below a path; there are none when there is no such path. */
  public static SupersededFiles below(FileSystem fileSystem, Path root) throws IOException {
    Path qualified = fileSystem.makeQualified(root);
    List<Path> files = new ArrayList<>();
    try {
      RemoteIterator<LocatedFileStatus> listing = fileSystem.listFiles(qualified, true);
      while (listing.hasNext()) {
        Path file = listing.next().getPath();
        if (!isWork(qualified, file)) {
          files.add(file);
        }
      }
    } catch (FileNotFoundException nothingThere) {
      return new SupersededFiles(fileSystem, qualified, List.of());
    }
    return new SupersededFiles(fileSystem, qualified, files);
  }

  /** Whether a file below a root belongs to a job that is running, or has died. */
  public static boolean isWork(Path root, Path file) {
    for (Path at = file.getParent(); at != null && !at.equals(root); at = at.getParent()) {
      if (WORK.stream().anyMatch(at.getName()::startsWith)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the file was below the path. */
  public boolean contains(Path file) {
    return known.contains(file);
  }

  /** Whether there is nothing to replace. */
  public boolean isEmpty() {
    return files.isEmpty();
  }

  /** Starts to delete them; on stores where a rename is a copy. */
  public Deletion deletion() {
    return new Deletion(this);
  }

  FileSystem fileSystem() {
    return fileSystem;
  }

  Path root() {
    return root;
  }

  List<Path> files() {
    return files;
  }

  /** Removes the directories that held the files and hold nothing any more, but not the path. */
  void removeEmptyDirectories() throws IOException {
    if (!StoreKind.hasDirectories(fileSystem.getUri().getScheme())) {
      return;
    }
    for (Path directory : directoriesDeepestFirst()) {
      FileStatus[] children;
      try {
        children = fileSystem.listStatus(directory);
      } catch (FileNotFoundException gone) {
        continue;
      }
      if (children.length == 0) {
        fileSystem.delete(directory, false);
      }
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
