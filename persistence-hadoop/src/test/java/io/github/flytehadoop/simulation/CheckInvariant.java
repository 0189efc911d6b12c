/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import io.github.flytehadoop.transfer.CheckReport;
import io.github.flytehadoop.transfer.CompareBy;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A comparison counts what is there, and says no more than it knows. */
final class CheckInvariant implements Invariant {
  private static final Set<String> CRC = Set.of("hdfs", "localhost", "viewfs", "memory");
  private static final Set<String> LOCAL = Set.of("local", "linked");

  @Override
  public void check(Course course) {
    CheckReport told = course.outcome().check();
    if (told == null || !course.isQuiet()) {
      return;
    }
    SortedMap<String, String> first = files(course, "source");
    SortedMap<String, String> second = files(course, "target");
    long equal = 0;
    long alike = 0;
    long both = 0;
    for (var file : first.entrySet()) {
      String other = second.get(file.getKey());
      both += other == null ? 0 : 1;
      equal += file.getValue().equals(other) ? 1 : 0;
      alike += other != null && file.getValue().length() == other.length() ? 1 : 0;
    }
    boolean exact = course.asked().by() == CompareBy.CONTENT || areDigested(course);
    require(told, told.onlyFirst() == first.size() - both, "only the first");
    require(told, told.onlySecond() == second.size() - both, "only the second");
    require(told, told.same() + told.different() == both, "both");
    require(told, told.proven() <= equal && told.same() >= equal, equal + " the same");
    require(told, told.same() <= alike, alike + " of one length");
    require(told, !exact || (told.same() == equal && told.proven() == equal), equal + " proven");
  }

  private static SortedMap<String, String> files(Course course, String side) {
    History disk = side.equals("source") ? course.source() : course.target();
    SortedMap<String, String> files =
        new TreeMap<>(Selection.of(disk.before(), course.ends().root(side)).files());
    files.keySet().removeIf(path -> Course.isOurs(path) || !course.asked().takes(path));
    return files;
  }

  /** Whether both sides keep digests that compare, or have them computed. */
  private static boolean areDigested(Course course) {
    String from = course.ends().kind("source");
    String to = course.ends().kind("target");
    boolean local = LOCAL.contains(from) || LOCAL.contains(to);
    boolean s3 = from.equals("s3") || to.equals("s3");
    boolean crc = CRC.contains(from) || CRC.contains(to);
    boolean pair =
        (from.equals("s3") && to.equals("s3"))
            || (CRC.contains(from) && CRC.contains(to))
            || (local && (s3 || crc));
    return course.asked().by() == CompareBy.DIGESTS && pair;
  }

  private static void require(CheckReport told, boolean holds, String what) {
    if (!holds) {
      throw new Violation("check", told + " is not true of " + what);
    }
  }
}
