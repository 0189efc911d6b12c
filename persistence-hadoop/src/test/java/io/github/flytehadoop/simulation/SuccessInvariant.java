/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.OnUnsupported;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A verb that nobody disturbs does what it was asked, or fails for a reason that we know. */
final class SuccessInvariant implements Invariant {
  @Override
  public void check(Course course) {
    if (!course.isQuiet() || course.asked().isCheck() || mayGoEitherWay(course)) {
      return;
    }
    String reason = reasonToFail(course);
    boolean done = course.outcome().isDone();
    if (reason == null && !done) {
      throw new Violation("success", "it failed without a reason: " + course.outcome().text());
    }
    if (reason != null && done) {
      throw new Violation("success", "it should have failed: " + reason);
    }
  }

  private static @Nullable String reasonToFail(Course course) {
    Asked asked = course.asked();
    Set<String> unsupported = course.offered().get(0).unsupported();
    if (asked.onUnsupported() == OnUnsupported.FAIL
        && unsupported.stream().anyMatch(asked::takes)) {
      return "the source has " + unsupported;
    }
    SortedMap<String, String> selected = course.selected();
    if (asked.existing() == OnExisting.FAIL
        && selected.keySet().stream()
            .anyMatch(path -> course.target().before().containsKey(course.ofTarget(path)))) {
      return "the target has one of its files";
    }
    return asked.mayDelete() >= 0 && course.extra().size() > asked.mayDelete()
        ? "too many would be deleted"
        : null;
  }

  /** What depends on more than this model knows. */
  private static boolean mayGoEitherWay(Course course) {
    Asked asked = course.asked();
    SortedMap<String, String> selected = course.selected();
    boolean filters = asked.isFiltered() && (asked.mayDelete() >= 0 || selected.isEmpty());
    boolean odd =
        Stream.concat(selected.keySet().stream(), course.extra().stream())
            .anyMatch(SuccessInvariant::isOdd);
    // a link to a file is replaced, and one to a directory is refused
    boolean linked = selected.keySet().stream().anyMatch(path -> course.isBelowLink(path + "/"));
    boolean resumes = course.target().before().keySet().stream().anyMatch(Course::isOurs);
    boolean unlisted = course.ends().uses("web") && asked.one() == null;
    boolean nothing = course.offered().get(0).files().isEmpty() || selected.isEmpty();
    return course.ends().areOnePlace()
        || filters
        || odd
        || linked
        || resumes
        || nothing
        || unlisted;
  }

  private static boolean isOdd(String path) {
    return path.indexOf(':') >= 0 || path.indexOf('\\') >= 0 || path.indexOf('\u0301') >= 0;
  }
}
