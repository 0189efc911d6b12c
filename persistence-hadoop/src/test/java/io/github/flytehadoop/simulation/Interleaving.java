/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What others do, and what breaks, between any two steps of a transfer at its stores. One for the
 * JVM, because Hadoop makes the file systems that ask.
 */
final class Interleaving {
  /** Something that happens before a step. */
  interface Act {
    void run() throws IOException;
  }

  /** From when on, counted in all steps or in those of one kind. */
  record Moment(String on, int step) {
    static Moment of(Step arm) {
      return new Moment(arm.get("on", ANY), arm.number("at", 1));
    }
  }

  static final String ANY = "any";

  private static final Interleaving NOW = new Interleaving();

  private final Map<Moment, List<Act>> acts = new HashMap<>();
  private final Map<String, Integer> steps = new HashMap<>();
  private int breaking;
  private int broken;

  private Interleaving() {}

  static Interleaving now() {
    return NOW;
  }

  /** Nothing happens, and steps are counted from 1 again. */
  synchronized void reset() {
    acts.clear();
    steps.clear();
    breaking = 0;
    broken = 0;
  }

  /** Does something before a step. */
  synchronized void at(Moment moment, Act act) {
    acts.computeIfAbsent(moment, any -> new ArrayList<>()).add(act);
  }

  /** Fails that step and the next ones, so many in all. */
  void breaks(Moment moment, int count) {
    at(moment, () -> breaking = count);
  }

  synchronized int broken() {
    return broken;
  }

  /**
   * What every store calls before it does something: list, open, read, create, rename and so on.
   */
  synchronized void step(String kind) throws IOException {
    for (String on : List.of(ANY, kind)) {
      int number = steps.merge(on, 1, Integer::sum);
      for (Act act : acts.getOrDefault(new Moment(on, number), List.of())) {
        act.run();
      }
    }
    if (breaking > 0) {
      breaking--;
      broken++;
      throw new IOException("the store broke at a " + kind);
    }
  }
}
