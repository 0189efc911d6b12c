/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

/** A promise that was not kept. */
final class Violation extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final String rule;

  /** A rule by its name, and what happened instead. */
  Violation(String rule, String what) {
    super(rule + ": " + what);
    this.rule = rule;
  }

  String rule() {
    return rule;
  }
}
