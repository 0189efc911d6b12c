/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.RelativePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * Two files of a store that would be one on a disk which does not tell their names apart, so that
 * the second would silently replace the first: names that differ in case alone, or in how an accent
 * is written (B27, B29). What it remembers of each name is a hash of 64 bits.
 */
final class NameCollisionGuard implements PlanBuilder.NameRule {
  /** Which names a disk takes for one. */
  enum Disk {
    /** None: Linux. */
    EXACT,
    /** Those that differ in case or accents: macOS, Windows. */
    FOLDING
  }

  private final Path target;
  private final Disk disk;
  private final Set<Long> seen = new HashSet<>();

  NameCollisionGuard(Path target, Disk disk) {
    this.target = target;
    this.disk = disk;
  }

  /** Asks the disk for what is there already by another spelling of its name. */
  static Disk diskOf(Path target) {
    for (Path at = target.toAbsolutePath(); at != null; at = at.getParent()) {
      String name = at.getFileName() == null ? "" : at.getFileName().toString();
      String other = swapped(name);
      if (!other.equals(name) && Files.exists(at)) {
        try {
          Path twin = at.resolveSibling(other);
          return Files.exists(twin) && Files.isSameFile(at, twin) ? Disk.FOLDING : Disk.EXACT;
        } catch (IOException unknown) {
          return Disk.EXACT;
        }
      }
    }
    return Disk.EXACT;
  }

  private static String swapped(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.equals(name) ? name.toLowerCase(Locale.ROOT) : upper;
  }

  @Override
  public void check(RelativePath file) throws TransferException {
    if (disk == Disk.FOLDING && !seen.add(hash(file.value()))) {
      String path = target.resolve(file.value()).toString();
      throw Problem.cannot("write", path)
          .because(
              "the source has another file whose name differs in case or accents alone, and this"
                  + " disk takes the two for one")
          .remedy("Rename one of them, or leave one out.")
          .kind(FailureKind.CONFLICT)
          .exception();
    }
  }

  private static long hash(String path) {
    String folded =
        Normalizer.normalize(path, Normalizer.Form.NFC)
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT);
    return UUID.nameUUIDFromBytes(folded.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
  }
}
