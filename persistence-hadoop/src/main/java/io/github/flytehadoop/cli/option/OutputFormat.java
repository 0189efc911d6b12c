/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.option;

/** What a result looks like on standard output. */
public enum OutputFormat {
  /** Lines for people. */
  TEXT,
  /** One JSON object a line. */
  JSON
}
