/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import static io.github.flytehadoop.simulation.Contents.ABSENT;

import io.github.flytehadoop.transfer.OnExisting;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Knows what may be at a path of the target after a verb. */
final class Model {
  private final Course course;
  private final Asked asked;

  Model(Course course) {
    this.course = course;
    this.asked = course.asked();
  }

  /** The versions that the source had of a path meanwhile, {@link Contents#ABSENT} among them. */
  Set<String> versions(String path) {
    return course.offered().stream()
        .map(offer -> offer.files().getOrDefault(path, ABSENT))
        .collect(Collectors.toSet());
  }

  /** What may be there now. */
  Set<String> allowed(String path) {
    String stays = course.target().last(course.ofTarget(path));
    if (!asked.writes() || !asked.takes(path)) {
      return Set.of(stays);
    }
    Set<String> versions = versions(path);
    boolean always = !versions.contains(ABSENT);
    boolean touched = course.target().isTouched(course.ofTarget(path));
    boolean done = course.outcome().isDone() && !course.isReportedFailed(path);
    boolean mayGo = asked.mayDelete() >= 0 && (done || course.allArrived());
    Set<String> allowed = new HashSet<>();
    if (!always && mayGo) {
      allowed.add(ABSENT);
    }
    versions.remove(ABSENT);
    if (asked.existing() != OnExisting.FAIL || stays.equals(ABSENT)) {
      allowed.addAll(versions);
    } else if (versions.contains(stays)) {
      allowed.add(stays);
    }
    boolean mustGo = versions.isEmpty() && mayGo && done && !course.isLeftOut(path);
    boolean mustCome = always && done && !mayBeSkipped(stays, versions);
    boolean overOurs = touched && wasOurs(path, versions);
    if (!(mustGo || mustCome) || (touched && mustGo) || overOurs) {
      allowed.add(stays);
    }
    return allowed;
  }

  /** Whether others may have found our file when they put theirs in its place. */
  private boolean wasOurs(String path, Set<String> versions) {
    boolean severalWriters = !course.ends().streams().equals("1"); // one may come between unseen
    return severalWriters
        || course.target().found(course.ofTarget(path)).stream()
            .anyMatch(found -> versions.contains(found) || mayBeSkipped(found, versions));
  }

  /** A file may be kept for its length where the report says that nothing more was compared. */
  private boolean mayBeSkipped(String stays, Set<String> versions) {
    return asked.existing() == OnExisting.SKIP_IDENTICAL
        && versions.stream().anyMatch(version -> version.length() == stays.length())
        && course.outcome().text().contains("without a checksum");
  }
}
