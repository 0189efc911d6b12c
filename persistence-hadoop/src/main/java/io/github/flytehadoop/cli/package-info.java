/* Licensed under Apache-2.0; see LICENSE. */
/**
 * The command line: one thin class for each verb. They parse, call the facade and hand the result
 * to {@code output}; {@code exit} says how a run ends. May use every room; no room may use it, and
 * no other room prints or exits.
 */
@NullMarked
package io.github.flytehadoop.cli;

import org.jspecify.annotations.NullMarked;
