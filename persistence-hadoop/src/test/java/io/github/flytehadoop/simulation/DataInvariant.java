/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import static io.github.flytehadoop.simulation.Contents.ABSENT;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * No byte of the source is lost, and none of others that the options did not ask for; nothing
 * partial, mixed or strange has a final name.
 */
final class DataInvariant implements Invariant {
  @Override
  public void check(Course course) {
    if (course.ends().areOnePlace()) {
      onePlace(course);
      return;
    }
    if (course.isNamedThroughLink()) {
      sourceAlone(course); // the user's own link leads the file elsewhere
      return;
    }
    Model model = new Model(course);
    String root = course.ends().root("target");
    Set<String> paths = new TreeSet<>(course.target().paths());
    paths.addAll(course.afterTarget().keySet());
    course.offered().forEach(o -> o.files().keySet().forEach(p -> paths.add(course.ofTarget(p))));
    for (String path : paths) {
      String below = Course.below(path, root);
      String now = course.afterTarget().getOrDefault(path, ABSENT);
      String last = course.target().last(path);
      if (Course.isOurs(path)) {
        continue;
      }
      Set<String> allowed = below.isEmpty() ? Set.of(last) : model.allowed(below);
      boolean stays = now.equals(last) && course.isBelowLink(below);
      if (!allowed.contains(now) && !stays && !isKeptAside(course, path)) {
        throw new Violation("data", described(path, now, last, allowed));
      }
    }
    sourceAlone(course);
  }

  private static void sourceAlone(Course course) {
    if (!course.ends().isOneDisk()) {
      source(course);
    }
  }

  /** Whatever the target is, the source is what its writers made it. */
  private static void source(Course course) {
    Set<String> paths = new TreeSet<>(course.source().paths());
    paths.addAll(course.afterSource().keySet());
    for (String path : paths) {
      String now = course.afterSource().getOrDefault(path, ABSENT);
      String last = course.source().last(path);
      if (!now.equals(last)) {
        throw new Violation("source", described(path, now, last, Set.of(last)));
      }
    }
  }

  /** Where both roots are one place by two names no source vanishes, and nothing is made up. */
  private static void onePlace(Course course) {
    Set<String> paths = new TreeSet<>(course.target().paths());
    paths.addAll(course.afterTarget().keySet());
    for (String path : paths) {
      String now = course.afterTarget().getOrDefault(path, ABSENT);
      String last = course.target().last(path);
      boolean sources = course.source().states().stream().anyMatch(all -> all.containsValue(now));
      boolean ofSource = path.startsWith(course.ends().root("source") + "/");
      boolean mayGo = now.equals(ABSENT) && !ofSource && course.asked().mayDelete() >= 0;
      boolean told =
          mayGo || isKeptAside(course, path) || (now.equals(ABSENT) && course.isBehindLink(path));
      if (!Course.isOurs(path) && !now.equals(last) && !sources && !told) {
        throw new Violation("alias", described(path, now, last, Set.of(last)));
      }
    }
  }

  /** Where a store broke in the middle of a replacement both files stay, and the message tells. */
  private static boolean isKeptAside(Course course, String path) {
    List<String> before = List.of(course.target().first(path), course.target().last(path));
    return !course.outcome().isDone()
        && course.disturbances() > 0
        && course.afterTarget().entrySet().stream()
            .filter(file -> Course.isOurs(file.getKey()) && before.contains(file.getValue()))
            .map(file -> file.getKey().substring(file.getKey().lastIndexOf('/') + 1))
            .anyMatch(name -> course.outcome().text().contains(name));
  }

  private static String described(String path, String now, String last, Set<String> allowed) {
    return path
        + " is "
        + Contents.described(now)
        + " and without the verb would be "
        + Contents.described(last)
        + "; allowed "
        + allowed.stream().map(Contents::described).toList();
  }
}
