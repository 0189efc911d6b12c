/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

/** Something that holds after every verb. */
interface Invariant {
  /**
   * Looks at what happened.
   *
   * @throws Violation when it does not hold
   */
  void check(Course course);
}
