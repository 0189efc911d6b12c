/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Neither a file on its way nor an upload nor a journal is left, except where the store broke or a
 * named copy can be gone on with; what a named copy left is gone once it is done.
 */
final class LeftoverInvariant implements Invariant {
  private final Map<String, String> known = new HashMap<>();
  private boolean meddled;

  @Override
  public void check(Course course) {
    Set<String> left = left(course);
    known.keySet().retainAll(left);
    String job = job(course.asked());
    boolean done = course.outcome().isDone();
    meddled |= course.target().isMeddledWith();
    for (String each : left) {
      boolean journal = each.contains("_flyte_job_");
      boolean probe = each.contains("_flyte_probe_"); // of no job: the report names it
      boolean fresh = !known.containsKey(each);
      boolean ended = done && named(course.asked()) && job.equals(known.get(each));
      boolean mayStay = fresh ? course.disturbances() > 0 || (journal && !done) : probe || !ended;
      if (!mayStay && !(journal && meddled)) {
        throw new Violation("leftover", each);
      }
      known.putIfAbsent(each, job);
    }
  }

  private static boolean named(Asked asked) {
    return asked.job() != null && asked.writes();
  }

  /** A job has its id, and its roots. */
  private static String job(Asked asked) {
    return asked.job() + " " + asked.one();
  }

  private static Set<String> left(Course course) {
    Set<String> left = new TreeSet<>();
    left.addAll(course.ends().disk("source").pending());
    left.addAll(course.ends().disk("target").pending());
    course.afterSource().keySet().stream().filter(Course::isOurs).forEach(left::add);
    course.afterTarget().keySet().stream().filter(Course::isOurs).forEach(left::add);
    return left;
  }
}
