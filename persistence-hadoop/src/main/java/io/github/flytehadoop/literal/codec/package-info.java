/* Licensed under Apache-2.0; see LICENSE. */
/** Literals, their types and error documents to bytes and back. */
@NullMarked
package io.github.flytehadoop.literal.codec;

import org.jspecify.annotations.NullMarked;
