/* Licensed under Apache-2.0; see LICENSE. */
/** What a user can type behind a verb, and what it means for the library. */
@NullMarked
package io.github.flytehadoop.cli.option;

import org.jspecify.annotations.NullMarked;
