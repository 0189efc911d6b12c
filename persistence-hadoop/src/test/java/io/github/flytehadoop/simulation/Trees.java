/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is there before the first verb. */
final class Trees {
  private static final List<String> PLAIN =
      List.of(
          "a",
          "b",
          "c.txt",
          "d/x",
          "d/y",
          "d/e/z",
          "d/e/f/deep",
          "real/x",
          "real/y",
          "logs/1.log",
          "logs/2.log",
          "2024/a",
          "2024/b");
  private static final List<String> ODD =
      List.of(
          "with space",
          "per%20cent",
          "a+b",
          "q?x",
          "h#x",
          "[x]",
          "{a,b}",
          "star*",
          "._flyte_tmp_mine",
          "._flyte_job_notes",
          "d/.hidden",
          "_SUCCESS",
          "\u00e9",
          "e\u0301",
          "\u65e5\u672c/\u8a9e",
          "a:b",
          "back\\slash",
          "d/trailing ",
          "~",
          "x=1/part-0");
  private static final int[] SIZES = {
    0, 1, 10, 10, 100, 5000, 9000, 20_000, 20_000, 70_000, 140_000
  };
  private static final Set<String> LINKING = Set.of("local", "linked");

  private final Chance chance;
  private final Step stores;
  private final List<Step> steps;
  private final Set<String> source = new TreeSet<>();
  private final Set<String> target = new TreeSet<>();
  private final boolean apart;
  private int fills;

  Trees(Chance chance, Step stores, List<Step> steps) {
    this.chance = chance;
    this.stores = stores;
    this.steps = steps;
    this.apart = chance.percent(40);
  }

  /** Whether the target has no file of the source, as far as that was chosen. */
  boolean areApart() {
    return apart;
  }

  String path() {
    return chance.percent(80) ? chance.of(PLAIN) : chance.of(ODD);
  }

  /** One that the source probably has. */
  String pathOf(String side) {
    List<String> known = new ArrayList<>(side.equals("source") ? source : target);
    return known.isEmpty() || chance.percent(15) ? path() : chance.of(known);
  }

  int size() {
    return SIZES[chance.below(SIZES.length)];
  }

  int fill() {
    return ++fills;
  }

  void grow() {
    int count = chance.early(8);
    for (int i = 0; i < count; i++) {
      both(path());
    }
    int extra = chance.below(4);
    for (int i = 0; i < extra; i++) {
      String path = path();
      if (!source.contains(path)) {
        target.add(path);
        steps.add(file("target", path, size(), fill()));
      }
    }
    links();
  }

  private void both(String path) {
    if (!source.add(path)) {
      return;
    }
    int size = size();
    int fill = fill();
    Step file = file("source", path, size, fill);
    steps.add(file);
    if (!apart && chance.percent(65)) {
      target.add(path);
      Step there = file.with("side", "target");
      steps.add(
          switch (chance.below(4)) {
            case 0 -> there;
            case 1 -> there.with("fill", fill()).with("size", size());
            default -> there.with("fill", fill());
          });
    }
  }

  static Step file(String side, String path, int size, int fill) {
    return Step.of("file", "side", side, "path", path, "size", size, "fill", fill);
  }

  /** Links where every name of a disk shows them. */
  private void links() {
    boolean shown =
        stores.get("disks").equals("two")
            || LINKING.containsAll(List.of(stores.get("from"), stores.get("to")));
    if (shown && LINKING.contains(stores.get("to")) && chance.percent(50)) {
      steps.add(link("target", chance.of("latest", "latest", "link", "d/link"), linked()));
      steps.add(file("source", "real/x", 10, fill()));
      source.add("real/x");
    }
    if (shown && LINKING.contains(stores.get("from")) && chance.percent(25)) {
      if (chance.percent(60)) {
        steps.add(link("source", chance.of("latest", "link"), linked()));
      } else {
        steps.add(Step.of("special", "side", "source", "path", "pipe"));
      }
    }
    if (stores.get("from").equals("s3") && chance.percent(6)) {
      steps.add(file("source", "d//x", 10, fill()));
    }
  }

  private String linked() {
    return chance.of("real", "real", "real", "../outside", "nowhere", "a");
  }

  static Step link(String side, String path, String to) {
    return Step.of("link", "side", side, "path", path, "to", to);
  }
}
