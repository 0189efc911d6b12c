/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.StoreKind;
import java.io.IOException;
import java.util.Objects;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The trash of HDFS, as {@code hdfs dfs -rm} uses it. */
final class Trash {
  private Trash() {}

  /** Whether a store may have a trash at all. */
  static boolean isPossibleAt(Location at) {
    return at.isOf(StoreKind.Family.HDFS);
  }

  /**
   * Moves a file or a directory into the trash of its user.
   *
   * @return false, and nothing is moved, when the trash is off on the client and on the server, or
   *     the path is in the trash already
   */
  static boolean move(Location at, FileSystem fileSystem) throws IOException {
    Path path = new Path(at.scheme(), fileSystem.getUri().getAuthority(), "/" + at.key());
    try {
      return org.apache.hadoop.fs.Trash.moveToAppropriateTrash(
          fileSystem, path, fileSystem.getConf());
    } catch (IOException failure) {
      String why = Objects.requireNonNullElse(failure.getMessage(), failure.toString());
      throw Problem.cannot("move to the trash", at.text())
          .because(Printable.of(why.lines().findFirst().orElse(why)))
          .kind(FailureKind.UNSUPPORTED)
          .remedy("Use --skip-trash, or delete(path, depth), to delete it at once.")
          .causedBy(failure)
          .exception();
    }
  }
}
