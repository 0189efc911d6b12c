/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Leftover;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.hadoop.HadoopTreeListing;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.InvalidPathHandleException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Temporary files of one run on a file system with directories. */
final class HdfsLeftovers {
  private HdfsLeftovers() {}

  static List<Leftover> find(
      FileSystem fileSystem, Location at, Path path, Attributes.Kind kind, String tag)
      throws IOException {
    List<Leftover> found = new ArrayList<>();
    Path parent = path.getParent();
    try {
      RemoteIterator<FileStatus> entries =
          kind == Attributes.Kind.DIRECTORY || parent == null
              ? new HadoopTreeListing(fileSystem, path)
              : fileSystem.listStatusIterator(parent);
      while (entries.hasNext()) {
        FileStatus entry = entries.next();
        if (isOurs(entry.getPath().getName(), tag)) {
          Instant since = Instant.ofEpochMilli(entry.getModificationTime());
          found.add(new Leftover(at.root() + entry.getPath().toUri().getPath(), null, since));
        }
      }
    } catch (FileNotFoundException | InvalidPathHandleException gone) {
      return found; // what vanishes is cleaned up by somebody
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("list", at, failure);
    }
    // whatever made way comes back first: then nothing else is needed any more
    found.sort(Comparator.comparing(leftover -> !ReservedNames.isAside(nameOf(leftover))));
    return found;
  }

  /** A file whose name was too long to be told cannot come back, so it is nobody's to remove. */
  private static boolean isOurs(String name, String tag) {
    return ReservedNames.isOf(name, tag)
        && !(ReservedNames.isAside(name) && ReservedNames.nameBefore(name).isEmpty());
  }

  private static String nameOf(Leftover leftover) {
    return leftover.at().substring(leftover.at().lastIndexOf('/') + 1);
  }

  static void discard(FileSystem fileSystem, Leftover leftover) throws IOException {
    Location at = Location.parse(leftover.at());
    Path path =
        new Path(
            fileSystem.getUri().getScheme(), fileSystem.getUri().getAuthority(), "/" + at.key());
    try {
      if (!ReservedNames.isAside(path.getName()) || !putBack(fileSystem, path)) {
        fileSystem.delete(path, true);
      }
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("delete", at, failure);
    }
  }

  /** A file that made way for one which never came gets its name again. */
  private static boolean putBack(FileSystem fileSystem, Path aside) throws IOException {
    Path target = RenamingStore.beside(aside, ReservedNames.nameBefore(aside.getName()));
    if (fileSystem.exists(target) || !fileSystem.exists(aside)) {
      return false;
    }
    if (!fileSystem.rename(aside, target)) {
      throw new IOException("the store did not give " + target.getName() + " its name again");
    }
    return true;
  }
}
