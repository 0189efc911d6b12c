/* Licensed under Apache-2.0; see LICENSE. */
/** What went wrong, of which kind, and whether another attempt can help. Uses the JDK alone. */
@NullMarked
package io.github.flytehadoop.error;

import org.jspecify.annotations.NullMarked;
