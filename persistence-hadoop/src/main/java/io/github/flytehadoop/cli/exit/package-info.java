/* Licensed under Apache-2.0; see LICENSE. */
/** How a run ends: exit codes, messages of failures, interruption. */
@NullMarked
package io.github.flytehadoop.cli.exit;

import org.jspecify.annotations.NullMarked;
