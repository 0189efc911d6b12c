/* Licensed under Apache-2.0; see LICENSE. */
/** Measures our own transfers. May use everything that the command line may. */
@NullMarked
package io.github.flytehadoop.cli.bench;

import org.jspecify.annotations.NullMarked;
