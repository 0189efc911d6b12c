/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

/** A text that was found for a key, and where. Its text may be a secret: it is never printed. */
record RawValue(String text, Origin origin) {
  /** The origin of a value that a program passed, as a message says it. */
  static final String FROM_PROGRAM = "set by the program";

  @Override
  public String toString() {
    return "RawValue[" + origin.describe() + "]";
  }
}
