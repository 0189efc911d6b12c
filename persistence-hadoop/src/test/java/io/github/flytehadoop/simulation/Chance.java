/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import java.util.List;
import java.util.Random;

/** Choices of a seed. */
final class Chance {
  private static final int ALL = 100;

  private final Random random;

  Chance(long seed) {
    // mixed, since near seeds of Random give near first values
    this.random = new Random(seed * 0x9E3779B97F4A7C15L ^ 0xBF58476D1CE4E5B9L);
    random.nextLong();
  }

  boolean percent(int share) {
    return random.nextInt(ALL) < share;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** From 1 on; small numbers are more likely. */
  int early(int bound) {
    return 1 + Math.min(random.nextInt(bound), random.nextInt(bound));
  }

  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
