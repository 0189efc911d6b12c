/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * What a run finds around it.
 *
 * @param in what {@code put -} reads
 * @param out results
 * @param err everything else
 * @param environment variables that configure it
 * @param terminalColumns width of the terminal that {@code err} is, or 0 when it is none
 */
record CliEnvironment(
    InputStream in,
    OutputStream out,
    PrintStream err,
    Map<String, String> environment,
    int terminalColumns) {
  CliEnvironment {
    environment = Map.copyOf(environment);
  }
}
