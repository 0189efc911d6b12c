/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

/** How a joined path is written. Source: FAP-J-4 ({@code unstrip} in flytekit). */
public enum PathForm {
  /** As its base is: a local path without scheme stays one. */
  AS_GIVEN,

  /** With the scheme of its file system: {@code /a/b} becomes {@code file:///a/b}. */
  WITH_PROTOCOL
}
