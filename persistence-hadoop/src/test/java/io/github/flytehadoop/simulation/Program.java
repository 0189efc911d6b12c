/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is done, one step after the other. Its text is all there is to it: {@link #parse} makes the
 * same program of it.
 *
 * @param steps the first says on which stores
 */
record Program(List<Step> steps) {
  Program {
    steps = List.copyOf(steps);
  }

  Step stores() {
    return steps.get(0);
  }

  Program without(int from, int count) {
    List<Step> fewer = new ArrayList<>(steps.subList(0, from));
    fewer.addAll(steps.subList(Math.min(steps.size(), from + count), steps.size()));
    return new Program(fewer);
  }

  Program with(int index, Step step) {
    List<Step> other = new ArrayList<>(steps);
    other.set(index, step);
    return new Program(other);
  }

  static Program parse(String text) {
    return new Program(
        text.lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .map(Step::parse)
            .toList());
  }

  @Override
  public String toString() {
    return steps.stream().map(Step::toString).collect(Collectors.joining("\n"));
  }
}
