/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import java.util.ArrayList;
import java.util.List;

/** Makes the program of a seed: stores, trees on them, and verbs that others disturb. */
final class Generator {
  private static final int MOST_VERBS = 4;
  private static final List<String> SOURCES =
      List.of(
          "local", "local", "local", "foreign", "foreign", "foreign", "s3", "s3", "s3", "hdfs",
          "hdfs", "viewfs", "memory", "memory", "web", "mirror", "linked", "webhdfs");
  private static final List<String> TARGETS =
      List.of(
          "local", "local", "local", "local", "foreign", "foreign", "foreign", "foreign", "s3",
          "s3", "s3", "s3", "hdfs", "hdfs", "viewfs", "memory", "memory", "mirror", "webhdfs");
  private static final List<String> HDFS = List.of("hdfs", "localhost", "viewfs", "webhdfs");
  private static final List<String> LOCAL = List.of("local", "linked", "foreign", "mirror");

  private final Chance chance;
  private final List<Step> steps = new ArrayList<>();

  private Generator(long seed) {
    this.chance = new Chance(seed);
  }

  static Program of(long seed) {
    Generator generator = new Generator(seed);
    Step stores = generator.stores();
    generator.steps.add(stores);
    Trees trees = new Trees(generator.chance, stores, generator.steps);
    trees.grow();
    Verbs verbs = new Verbs(generator.chance, stores, trees, generator.steps);
    int count = 1 + generator.chance.below(MOST_VERBS);
    for (int i = 0; i < count; i++) {
      verbs.add();
    }
    return new Program(generator.steps);
  }

  private Step stores() {
    boolean alias = chance.percent(18);
    String from = chance.of(alias ? chance.of(LOCAL, LOCAL, HDFS) : SOURCES);
    String to = alias ? otherName(from) : chance.of(TARGETS);
    boolean shared = alias || (Ends.mayShare(from, to) && chance.percent(30));
    shared &= Ends.mayShare(from, to);
    Step step =
        Step.of(
            "stores",
            "from",
            from,
            "to",
            to,
            "disks",
            shared ? "one" : "two",
            "streams",
            chance.of(1, 1, 1, 3));
    if (Ends.isHdfs(from) || Ends.isHdfs(to)) {
      step = step.with("hdfs", chance.of("plain", "stepped", "stepped"));
    }
    return alias && shared && chance.percent(85) ? overlapping(step) : step;
  }

  private String otherName(String kind) {
    return chance.of(Ends.isHdfs(kind) ? HDFS : LOCAL);
  }

  private Step overlapping(Step step) {
    return switch (chance.below(3)) {
      case 0 -> step.with("target", "data");
      case 1 -> step.with("target", "data/d");
      default -> step.with("source", "copy/d");
    };
  }
}
