/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import java.util.List;
import java.util.Set;

/** Verbs, and who disturbs them. */
final class Verbs {
  static final List<String> JOBS = List.of("night", "day");

  private static final Set<String> LOCAL = Set.of("local", "linked");
  private static final List<String> GLOBS =
      List.of("d/", "logs/", "*.txt", "**/x", "real/**", "**", "a", "latest/", "2024/*");
  private static final List<String> KINDS =
      List.of(
          "list", "list", "open", "read", "read", "create", "create", "rename", "rename", "delete",
          "status", "close");
  private static final int MOST_OF_A_KIND = 5;
  private static final int LARGE = 4096;
  private static final int SOON = 12;
  private static final int LATER = 60;

  private final Chance chance;
  private final Step stores;
  private final Trees trees;
  private final List<Step> steps;

  Verbs(Chance chance, Step stores, Trees trees, List<Step> steps) {
    this.chance = chance;
    this.stores = stores;
    this.trees = trees;
    this.steps = steps;
  }

  /** A verb, others that come between, and often the same once more when it is a named one. */
  void add() {
    Step verb = verb();
    int others = chance.percent(55) ? chance.early(3) : 0;
    for (int i = 0; i < others; i++) {
      steps.add(foreign(verb));
    }
    boolean breaks = chance.percent(verb.has("job") ? 50 : 25);
    if (breaks) {
      steps.add(broken());
    }
    steps.add(verb);
    if (verb.has("job") && chance.percent(75)) {
      if (chance.percent(40)) {
        steps.add(foreign(verb).without("at").without("on"));
      }
      steps.add(verb);
    }
  }

  /** Steps of some kinds are rare, and what matters happens at them. */
  private Step timed(Step step) {
    if (chance.percent(60)) {
      return step.with("on", chance.of(KINDS)).with("at", chance.early(MOST_OF_A_KIND));
    }
    return step.with("at", chance.early(chance.percent(70) ? SOON : LATER));
  }

  /** Others do anything, and more often what a verb of this kind might not bear. */
  private Step foreign(Step verb) {
    if (verb.get("existing", "").equals("fail") && chance.percent(60)) {
      return early(replaced("target"), "create", "create", "rename", "status", "close");
    }
    if (!kind("source").equals("local") && chance.percent(40)) {
      return early(replaced("source"), "read", "read", "read", "open");
    }
    if (verb.has("delete-extra") && chance.percent(20)) {
      return early(removed("target"), "list");
    }
    String side = chance.of("source", "target", "target");
    return switch (chance.below(8)) {
      case 0, 1 -> timed(Trees.file(side, trees.pathOf("source"), trees.size(), trees.fill()));
      case 2 -> timed(Trees.file(side, trees.path(), trees.size(), trees.fill()));
      case 3 -> timed(Step.of("remove", "side", side, "path", trees.pathOf(side)));
      case 4 -> timed(removed(side));
      case 5, 6 -> timed(replaced(side));
      default -> timed(LOCAL.contains(kind(side)) ? linked(side) : replaced(side));
    };
  }

  private String kind(String side) {
    return stores.get(side.equals("source") ? "from" : "to");
  }

  private Step linked(String side) {
    return Trees.link(side, chance.of("d", "real", "latest", "a"), "../outside").with("dir", 1);
  }

  private Step removed(String side) {
    return Step.of("remove", "side", side, "path", chance.of("d", "real", "logs", "d/e"));
  }

  private Step early(Step step, String... kinds) {
    return step.with("on", chance.of(kinds)).with("at", chance.of(1, 1, 2, 2, 3, 4));
  }

  /** A file of the length that a file of the source has. */
  private Step replaced(String side) {
    List<Step> files =
        steps.stream()
            .filter(step -> step.is("file") && step.get("side").equals("source"))
            .filter(step -> !step.has("at"))
            .toList();
    List<Step> large = files.stream().filter(step -> step.number("size", 0) > LARGE).toList();
    return files.isEmpty()
        ? Trees.file(side, trees.path(), trees.size(), trees.fill())
        : chance
            .of(large.isEmpty() || chance.percent(30) ? files : large)
            .with("side", side)
            .with("fill", trees.fill());
  }

  private Step broken() {
    if ((stores.get("from").equals("s3") || stores.get("to").equals("s3")) && chance.percent(50)) {
      return Step.of(
          "faults",
          "kind",
          chance.of("transient", "lost"),
          "rate",
          chance.of(5, 15, 40),
          "at",
          1 + chance.below(1000));
    }
    if (kind("target").equals("foreign") && chance.percent(60)) {
      return early(Step.of("break", "steps", chance.of(1, 2, 1_000_000)), "rename", "delete");
    }
    return chance.percent(15)
        ? timed(Step.of("cancel"))
        : timed(Step.of("break", "steps", chance.of(1, 1, 2, 1_000_000)));
  }

  private Step verb() {
    boolean web = stores.get("from").equals("web");
    boolean put = LOCAL.contains(stores.get("from")) && chance.percent(25);
    boolean get = !put && LOCAL.contains(stores.get("to")) && chance.percent(25);
    Step step;
    if (put || get) {
      step = Step.of(put ? "put" : "get");
    } else if (chance.percent(17)) {
      step = Step.of("check", "by", chance.of("digests", "digests", "content", "lengths"));
    } else {
      step = copy();
    }
    step = chance.percent(15) ? step.with("shell", 1) : step;
    return web || chance.percent(8) ? single(step) : step;
  }

  private Step single(Step step) {
    return step.with("one", trees.pathOf("source")).without("delete-extra");
  }

  private boolean isAlias() {
    return stores.has("source") || stores.has("target");
  }

  private String existing() {
    return trees.areApart() && !isAlias()
        ? chance.of("fail", "fail", "fail", "overwrite", "skip_identical")
        : chance.of(
            "overwrite", "overwrite", "overwrite", "fail", "skip_identical", "skip_identical");
  }

  private Step copy() {
    Step step = Step.of("copy");
    step = step.with("existing", existing());
    step =
        chance.percent(isAlias() ? 80 : 45)
            ? step.with("delete-extra", chance.of(1000, 1000, 1000, 1000, 2, 0))
            : step;
    step = chance.percent(15) ? step.with("exclude", chance.of(GLOBS)) : step;
    step = chance.percent(8) ? step.with("include", chance.of(GLOBS)) : step;
    step = chance.percent(25) ? step.with("by", chance.of("content", "lengths")) : step;
    step = chance.percent(40) ? step.with("on-unsupported", "skip") : step;
    step = chance.percent(35) ? step.with("job", chance.of(JOBS)) : step;
    step = chance.percent(3) ? step.with("auto", 1) : step; // looking for clusters takes long
    return chance.percent(3) ? step.with("dry", 1) : step;
  }
}
