/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import io.github.flytehadoop.location.PathFilter;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CompareBy;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.DeleteExtra;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.OnUnsupported;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a verb was asked to do.
 *
 * @param step its line
 */
record Asked(Step step) {
  boolean isCheck() {
    return step.is("check");
  }

  boolean writes() {
    return !isCheck() && !step.has("dry");
  }

  /** The one file that it is about, or null for all. */
  @Nullable String one() {
    return step.find("one");
  }

  @Nullable String job() {
    return step.find("job");
  }

  /** A put or get has no choice. */
  OnExisting existing() {
    String said = step.is("copy") ? step.get("existing", "fail") : "overwrite";
    return OnExisting.valueOf(said.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  CompareBy by() {
    return CompareBy.valueOf(step.get("by", "digests").toUpperCase(Locale.ROOT));
  }

  OnUnsupported onUnsupported() {
    return OnUnsupported.valueOf(step.get("on-unsupported", "fail").toUpperCase(Locale.ROOT));
  }

  /** How many extra files may go, or -1 when nothing is deleted. */
  int mayDelete() {
    return one() != null || !step.is("copy") ? -1 : step.number("delete-extra", -1);
  }

  private List<String> globs(String word) {
    String said = step.find(word);
    return said == null || one() != null || !step.is("copy") ? List.of() : List.of(said);
  }

  List<String> include() {
    return globs("include");
  }

  List<String> exclude() {
    return globs("exclude");
  }

  boolean isFiltered() {
    return !include().isEmpty() || !exclude().isEmpty();
  }

  boolean takes(String path) {
    String one = one();
    if (one != null) {
      return path.equals(one);
    }
    PathFilter filter = PathFilter.of(include(), exclude());
    return RelativePath.problemOf(path) == null
        ? filter.accepts(new RelativePath(path))
        : filter.takesKey(path);
  }

  CopyOptions options() {
    CopyOptions options =
        CopyOptions.defaults()
            .withEngine(step.has("auto") ? Engine.AUTO : Engine.LOCAL)
            .withOnExisting(existing())
            .withCompareBy(by())
            .withOnUnsupported(onUnsupported())
            .withShape(one() == null ? BlobDimensionality.MULTIPART : BlobDimensionality.SINGLE)
            .withInclude(include().toArray(String[]::new))
            .withExclude(exclude().toArray(String[]::new));
    if (mayDelete() >= 0) {
      options = options.withDeleteExtra(DeleteExtra.upTo(mayDelete()));
    }
    String job = job();
    options = job == null ? options : options.withJobId(job);
    return step.has("dry") ? options.withDryRun() : options;
  }
}
