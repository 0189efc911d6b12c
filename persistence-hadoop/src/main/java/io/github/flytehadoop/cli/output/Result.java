/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a verb found or did: printed as one or the other, never as both. */
public interface Result {
  /** Lines for people, without control characters. */
  List<String> lines();

  /** The same for programs: paths and values are literal. */
  ObjectNode json();
}
