/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.error.TransferSummary;
import io.github.flytehadoop.transfer.CheckReport;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a verb ended.
 *
 * @param report of a transfer that returned
 * @param check of a comparison that returned
 * @param failure otherwise
 * @param exit the exit code of a command, or -1 of a call
 */
record Outcome(
    @Nullable TransferReport report,
    @Nullable CheckReport check,
    @Nullable Exception failure,
    int exit) {
  static Outcome of(TransferReport report) {
    return new Outcome(report, null, null, -1);
  }

  static Outcome of(CheckReport check) {
    return new Outcome(null, check, null, -1);
  }

  static Outcome of(Exception failure) {
    return new Outcome(null, null, failure, -1);
  }

  Outcome exiting(int code) {
    return new Outcome(report, check, failure, code);
  }

  boolean isDone() {
    return failure == null;
  }

  /** What is known to have been done, or null. */
  @Nullable TransferSummary summary() {
    return failure instanceof TransferException known ? known.report() : report;
  }

  List<PathFailure> failures() {
    if (failure instanceof TransferException known) {
      return known.failures();
    }
    return report == null ? List.of() : report.failures();
  }

  /** All that a user may see of it. */
  String text() {
    StringWriter text = new StringWriter();
    if (failure != null) {
      failure.printStackTrace(new PrintWriter(text));
    }
    TransferSummary summary = summary();
    if (summary != null) {
      text.append(summary.toJson()).append(summary.toString());
    }
    failures().forEach(each -> text.append('\n').append(each.toString()));
    return text.append(String.valueOf(check)).toString();
  }

  @Override
  public String toString() {
    if (failure != null) {
      TransferSummary summary = summary();
      return failure + (summary == null ? "" : "\n    with " + summary.toJson());
    }
    return check == null ? String.valueOf(summary()) : check.toString();
  }
}
