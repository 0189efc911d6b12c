/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import java.io.IOException;
import java.util.List;

/** Makes a program that fails smaller, as long as the same rule is broken. */
final class Shrinker {
  private static final int MOST_RUNS = 150;
  private static final List<String> OPTIONAL =
      List.of(
          "include",
          "exclude",
          "by",
          "job",
          "on-unsupported",
          "delete-extra",
          "one",
          "dry",
          "auto",
          "shell");

  private final String rule;
  private Program best;
  private int runs;

  private Shrinker(Program program, String rule) {
    this.best = program;
    this.rule = rule;
  }

  static Program of(Program program, Violation violation) {
    Shrinker shrinker = new Shrinker(program, violation.rule());
    shrinker.shrink();
    return shrinker.best;
  }

  private void shrink() {
    int before;
    do {
      before = best.toString().length();
      for (int size = best.steps().size() / 2; size >= 1; size /= 2) {
        dropSteps(size);
      }
      dropWords();
    } while (best.toString().length() < before && runs < MOST_RUNS);
  }

  private void dropSteps(int size) {
    for (int from = best.steps().size() - size; from >= 1; from--) {
      if (from + size <= best.steps().size()) {
        take(best.without(from, size));
      }
    }
  }

  private void dropWords() {
    for (int i = 0; i < best.steps().size(); i++) {
      for (String word : OPTIONAL) {
        if (best.steps().get(i).has(word)) {
          take(best.with(i, best.steps().get(i).without(word)));
        }
      }
    }
  }

  private void take(Program smaller) {
    if (runs++ < MOST_RUNS && fails(smaller)) {
      best = smaller;
    }
  }

  private boolean fails(Program program) {
    try {
      Run.of(program);
      return false;
    } catch (Violation violation) {
      return violation.rule().equals(rule);
    } catch (IOException | RuntimeException other) {
      return false;
    }
  }
}
