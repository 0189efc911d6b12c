/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a verb found or did: printed as one or the other, never as both. */
public interface Result {
  /** Lines for people, without control characters. */
  List<String> lines();

  /** What was changed, in one line, empty when the result is of a look. */
  default String done() {
    return "";
  }

  /** The same for programs: paths and values are literal. */
  ObjectNode json();
}
