/* Licensed under Apache-2.0; see LICENSE. */
/**
 * The wire format of protocol buffers, as far as literals need it: one message at a time, whose
 * unknown fields are kept. Uses the JDK alone.
 */
@NullMarked
package io.github.flytehadoop.literal.wire;

import org.jspecify.annotations.NullMarked;
