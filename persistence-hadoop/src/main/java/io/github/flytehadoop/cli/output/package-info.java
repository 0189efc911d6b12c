/* Licensed under Apache-2.0; see LICENSE. */
/** Everything that is printed: results as text or JSON on standard output, the rest on error. */
@NullMarked
package io.github.flytehadoop.cli.output;

import org.jspecify.annotations.NullMarked;
