/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.commit;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** The files that one job has published; the id of the job is part of each one's name. */
public final class OwnFiles {
  private OwnFiles() {}

  /**
   * Deletes what a job has published below a path before it failed.
   *
   * @throws IOException when the store refuses; the message says how many are left
   */
  public static void takeBack(FileSystem fileSystem, Path root, String job) throws IOException {
    List<Path> mine = new ArrayList<>();
    try {
      RemoteIterator<LocatedFileStatus> listing = fileSystem.listFiles(root, true);
      while (listing.hasNext()) {
        Path file = listing.next().getPath();
        if (file.getName().contains(job)) {
          mine.add(file);
        }
      }
    } catch (FileNotFoundException nothingThere) {
      return;
    }
    Map<Path, String> refused = new LinkedHashMap<>();
    if (!mine.isEmpty()) {
      Deletes.delete(fileSystem, fileSystem.makeQualified(root), mine, refused);
    }
    if (!refused.isEmpty()) {
      Map.Entry<Path, String> first = refused.entrySet().iterator().next();
      throw Problem.cannot("take back " + refused.size() + " files of a failed job from", root)
          .because("of " + first.getKey() + " the store says: " + first.getValue())
          .remedy("Delete the files whose names contain " + job + ".")
          .kind(FailureKind.CONFLICT)
          .exception();
    }
  }
}
