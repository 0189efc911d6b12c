/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Which files of a source are copied, given what the target has.
 *
 * @param wanted the files to copy
 * @param skipped how many the target already has
 * @param notes what the comparison could not prove
 */
record Selection(Map<RelativePath, Attributes> wanted, long skipped, List<String> notes) {
  static Selection of(
      Map<RelativePath, Attributes> source,
      Map<RelativePath, Attributes> existing,
      Location target,
      OnExisting onExisting)
      throws CopyException {
    if (onExisting == OnExisting.OVERWRITE || existing.isEmpty()) {
      return new Selection(source, 0, List.of());
    }
    Map<RelativePath, Attributes> wanted = new TreeMap<>(source);
    long skipped = 0;
    long byTime = 0;
    for (Map.Entry<RelativePath, Attributes> file : source.entrySet()) {
      Attributes there = existing.get(file.getKey());
      if (there == null) {
        continue;
      }
      if (onExisting == OnExisting.FAIL) {
        throw conflict(target, file.getKey());
      }
      if (isIdentical(file.getValue(), there)) {
        wanted.remove(file.getKey());
        skipped++;
        byTime += haveEtags(file.getValue(), there) ? 0 : 1;
      }
    }
    List<String> notes =
        byTime == 0
            ? List.of()
            : List.of(byTime + " files were skipped by length and time, without a checksum.");
    return new Selection(wanted, skipped, notes);
  }

  private static CopyException conflict(Location target, RelativePath path) {
    String uri = path.value().equals(target.name()) ? target.text() : target.child(path).text();
    return new CopyException(
        FailureKind.CONFLICT,
        uri,
        "Cannot copy to "
            + uri
            + ": it exists. Nothing was changed. Choose another target, or"
            + " OnExisting.OVERWRITE or SKIP_IDENTICAL (--overwrite, --skip-identical).",
        null);
  }

  /** From listings alone, without a request for each file. */
  private static boolean isIdentical(Attributes source, Attributes target) {
    return source.lengthBytes() == target.lengthBytes()
        && (haveEtags(source, target)
            ? Objects.equals(source.etag(), target.etag())
            : !target.modified().isBefore(source.modified()));
  }

  private static boolean haveEtags(Attributes source, Attributes target) {
    return source.etag() != null && target.etag() != null;
  }
}
