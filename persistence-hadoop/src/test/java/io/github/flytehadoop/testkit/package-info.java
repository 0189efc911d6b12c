/* Licensed under Apache-2.0; see LICENSE. */
/** What the tests of all modules share. */
@NullMarked
package io.github.flytehadoop.testkit;

import org.jspecify.annotations.NullMarked;
