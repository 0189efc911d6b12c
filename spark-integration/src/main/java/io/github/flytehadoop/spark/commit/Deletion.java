/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.commit;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.location.StoreKind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes superseded files after the new ones are there, on stores where a rename is a copy. A
 * store that refuses to delete some is asked again; what it refuses for good becomes a file of no
 * rows, so that readers find the new rows alone.
 */
public final class Deletion {
  private static final Logger LOG = LoggerFactory.getLogger(Deletion.class);
  private static final int ATTEMPTS = 4;
  private static final long FIRST_PAUSE_MILLIS = 100;

  private final SupersededFiles old;
  private boolean begun;

  Deletion(SupersededFiles old) {
    this.old = old;
  }

  /**
   * Proves that the store lets us delete below the path, by deleting a name that is not there. Asks
   * S3 alone: other stores would have refused to publish, which takes renames there.
   *
   * @throws IOException when it does not
   */
  public void prove(String job) throws IOException {
    FileSystem fileSystem = old.fileSystem();
    if (old.isEmpty() || StoreKind.of(fileSystem.getUri().getScheme()) != StoreKind.S3) {
      return;
    }
    Path nothing = new Path(old.root(), SetAside.PREFIX + job);
    Map<Path, String> refused = new LinkedHashMap<>();
    IOException cause = Deletes.delete(fileSystem, old.root(), List.of(nothing), refused);
    if (!refused.isEmpty()) {
      throw Problem.cannot("write in place of", old.root())
          .because("the store does not let old files be deleted: " + refused.get(nothing))
          .remedy("The old data is as it was. Allow deletions there, or write to a new place.")
          .kind(FailureKind.ACCESS_DENIED)
          .causedBy(cause)
          .exception();
    }
  }

  /** Whether an old file is gone, or may be. */
  public boolean hasBegun() {
    return begun;
  }

  /**
   * Deletes the files, and directories that are empty then.
   *
   * @throws IOException when some can neither be deleted nor emptied; the message says how many
   */
  public void run() throws IOException {
    Map<Path, String> refused = new LinkedHashMap<>();
    List<Path> rest = old.files();
    for (int attempt = 1; attempt <= ATTEMPTS && !rest.isEmpty(); attempt++) {
      pause(attempt);
      refused.clear();
      Deletes.delete(old.fileSystem(), old.root(), rest, refused);
      begun |= refused.size() < rest.size();
      rest = List.copyOf(refused.keySet());
    }
    empty(refused);
    old.removeEmptyDirectories();
  }

  private static void pause(int attempt) throws InterruptedIOException {
    if (attempt == 1) {
      return;
    }
    try {
      TimeUnit.MILLISECONDS.sleep(FIRST_PAUSE_MILLIS << attempt);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the clean-up of an overwrite was interrupted");
    }
  }

  private void empty(Map<Path, String> refused) throws IOException {
    List<Path> full = new ArrayList<>();
    for (Map.Entry<Path, String> each : refused.entrySet()) {
      if (EmptyFile.replaces(old.fileSystem(), each.getKey())) {
        begun = true;
        LOG.warn(
            "{} cannot be deleted: {}. It has no rows any more: delete it by hand.",
            each.getKey(),
            each.getValue());
      } else {
        full.add(each.getKey());
      }
    }
    if (!full.isEmpty()) {
      throw Problem.cannot("delete " + full.size() + " old files of", old.root())
          .because("of " + full.get(0) + " the store says: " + refused.get(full.get(0)))
          .remedy(
              begun
                  ? "The new files are complete. Write again, or delete the old ones by hand."
                  : "The new files are taken back. Write again when the store lets you delete.")
          .kind(FailureKind.CONFLICT)
          .exception();
    }
  }
}
