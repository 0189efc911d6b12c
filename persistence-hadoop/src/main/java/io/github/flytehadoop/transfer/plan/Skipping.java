/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.transfer.CompareBy;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which files a copy leaves as they are because they are the same.
 *
 * @param contents compares
 * @param by what the comparison rests on
 */
public record Skipping(ContentComparison contents, CompareBy by) {
  /** How the two are found to be the same, or null when the file has to be copied. */
  public ContentComparison.Verdict.@Nullable Kind found(
      ContentComparison.Side source, ContentComparison.Side there) throws IOException {
    return switch (by) {
      case DIGESTS -> contents.skippable(source, there);
      case LENGTHS -> {
        ContentComparison.Verdict verdict = contents.compare(source, there, CompareBy.LENGTHS);
        yield verdict.kind() == ContentComparison.Verdict.Kind.DIFFERENT ? null : verdict.kind();
      }
      case CONTENT ->
          contents.areEqual(source, there) ? ContentComparison.Verdict.Kind.PROVEN : null;
    };
  }

  /** What a report says of files that were skipped without a proof. */
  public List<String> notes(long unproven) {
    if (unproven == 0) {
      return List.of();
    }
    String basis = by == CompareBy.LENGTHS ? "length alone" : "length and time";
    return List.of(unproven + " files were skipped by " + basis + ", without a checksum.");
  }
}
