/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.error.TransferSummary;
import io.github.flytehadoop.testkit.SecretSearch;
import io.github.flytehadoop.transfer.TransferReport;
import java.util.SortedMap;

/** The report says what is there, a failure has a reason, and nobody reads a secret in either. */
final class ReportInvariant implements Invariant {
  private static final SecretSearch SECRETS = SecretSearch.ofTests();

  @Override
  public void check(Course course) {
    String text = course.outcome().text();
    if (!SECRETS.in(text).isEmpty()) {
      throw new Violation("secret", SECRETS.in(text).toString());
    }
    Exception failure = course.outcome().failure();
    boolean told =
        failure instanceof TransferException || failure instanceof IllegalArgumentException;
    if (failure != null && (!told || text.contains("This is a bug"))) {
      throw new Violation("defect", text);
    }
    TransferSummary summary = course.outcome().summary();
    boolean counted = !course.isNamedThroughLink(); // else the user's own link says where it is
    boolean writes = !course.asked().isCheck() && course.asked().writes();
    if (counted && writes && !course.ends().areOnePlace()) {
      counts(course, summary);
    }
  }

  private static void counts(
      Course course, @org.jspecify.annotations.Nullable TransferSummary told) {
    if (!course.source().isQuiet() || !course.target().isQuiet()) {
      return;
    }
    SortedMap<String, String> selected = course.selected();
    long there = 0;
    long fresh = 0;
    for (var file : selected.entrySet()) {
      String path = file.getKey();
      boolean arrived = course.now(path).equals(file.getValue());
      boolean before = course.target().first(course.ofTarget(path)).equals(file.getValue());
      boolean named = course.isReportedFailed(path);
      if (told != null && !arrived && !named && !isKept(course)) {
        throw new Violation("report", path + " did not arrive, and no failure names it");
      }
      there += arrived ? 1 : 0;
      fresh += arrived && !before && !(named && course.disturbances() > 0) ? 1 : 0;
    }
    long files = told == null ? 0 : told.files();
    if (files < fresh || files > there) {
      throw new Violation("report", files + " files reported, " + fresh + " to " + there + " came");
    }
    TransferReport report = course.outcome().report();
    if (report != null && report.failures().isEmpty()) {
      whole(report, selected);
    }
  }

  private static boolean isKept(Course course) {
    return course.outcome().text().contains("without a checksum");
  }

  private static void whole(TransferReport report, SortedMap<String, String> selected) {
    long bytes = selected.values().stream().mapToLong(String::length).sum();
    if (report.files() + report.skipped() != selected.size()) {
      throw new Violation(
          "report",
          report.files() + " + " + report.skipped() + " files reported of " + selected.size());
    }
    if (report.skipped() == 0 && report.bytes() != bytes) {
      throw new Violation("report", report.bytes() + " bytes reported of " + bytes);
    }
  }
}
