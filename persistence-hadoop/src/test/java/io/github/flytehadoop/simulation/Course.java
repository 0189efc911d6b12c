/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import io.github.flytehadoop.store.ReservedNames;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What happened while a verb ran.
 *
 * @param asked what it should do
 * @param ends where
 * @param source the disk of the source and what others did to it
 * @param target the same of the target; one and the same where both are one disk
 * @param afterSource what the disk of the source holds now
 * @param afterTarget what the disk of the target holds now
 * @param outcome how it ended
 * @param disturbances how many steps broke, and whether it was cancelled
 */
record Course(
    Asked asked,
    Ends ends,
    History source,
    History target,
    SortedMap<String, String> afterSource,
    SortedMap<String, String> afterTarget,
    Outcome outcome,
    int disturbances) {
  /** Whether nobody else had a hand in it. */
  boolean isQuiet() {
    return disturbances == 0 && source.isQuiet() && target.isQuiet();
  }

  String ofSource(String path) {
    return ends.root("source") + "/" + path;
  }

  String ofTarget(String path) {
    return ends.root("target") + "/" + path;
  }

  /** What is at a path of the target now. */
  String now(String path) {
    return afterTarget.getOrDefault(ofTarget(path), Contents.ABSENT);
  }

  /** What the source offered at each time, filters aside. */
  List<Selection> offered() {
    return source.states().stream().map(state -> Selection.of(state, ends.root("source"))).toList();
  }

  /** What the verb should transfer, by what was there at the start. */
  SortedMap<String, String> selected() {
    SortedMap<String, String> selected = new TreeMap<>(offered().get(0).files());
    selected.keySet().removeIf(path -> !asked.takes(path));
    return selected;
  }

  /** Files of the target at the start that the source has not, and that the filters take. */
  Set<String> extra() {
    Set<String> extra = new TreeSet<>();
    for (String path : target.before().keySet()) {
      String below = below(path, ends.root("target"));
      if (!below.isEmpty() && !isOurs(path) && asked.takes(below)) {
        extra.add(below);
      }
    }
    extra.removeAll(offered().get(0).files().keySet());
    extra.removeIf(this::isLeftOut);
    return extra;
  }

  /** Whether the source has something at a path, or above it, that nobody can transfer. */
  boolean isLeftOut(String path) {
    return offered().stream()
        .flatMap(offer -> offer.unsupported().stream())
        .anyMatch(odd -> path.equals(odd) || path.startsWith(odd + "/"));
  }

  static String below(String path, String root) {
    return path.startsWith(root + "/") ? path.substring(root.length() + 1) : "";
  }

  /** Whether a name is reserved for files on their way and notes. */
  static boolean isOurs(String path) {
    return ReservedNames.isBelow(path);
  }

  boolean allArrived() {
    List<Selection> offers = offered();
    return selected().keySet().stream()
        .allMatch(path -> offers.stream().anyMatch(o -> now(path).equals(o.files().get(path))));
  }

  /** Whether the one file that was named is or lies behind a link that was there before. */
  boolean isNamedThroughLink() {
    String one = asked.one();
    return one != null && isBelowLink(ofTarget(one) + "/", target.before());
  }

  /** Whether a failure names a path, as a web address spells it or plainly. */
  boolean isReportedFailed(String path) {
    String spelled = WebDisk.spelled(path);
    return outcome.failures().stream()
        .map(failure -> failure.path().replaceFirst("\\?\\*\\*\\*$", ""))
        .anyMatch(
            failed ->
                failed.equals(path)
                    || failed.endsWith("/" + path)
                    || failed.endsWith("/" + spelled));
  }

  /** Whether a path of the target lies below a link, or did for a while. */
  boolean isBelowLink(String path) {
    return isBehindLink(ofTarget(path));
  }

  /** The same of a path of the disk. */
  boolean isBehindLink(String at) {
    return target.states().stream().anyMatch(state -> isBelowLink(at, state));
  }

  private static boolean isBelowLink(String at, Map<String, String> state) {
    for (int slash = at.indexOf('/'); slash >= 0; slash = at.indexOf('/', slash + 1)) {
      if (Contents.isLink(state.getOrDefault(at.substring(0, slash), ""))) {
        return true;
      }
    }
    return false;
  }
}
