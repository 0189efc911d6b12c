/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Capabilities of stores: one file written by several writers, and copies that a store makes by
 * itself. May use {@code store}.
 */
@NullMarked
package io.github.flytehadoop.store.multipart;

import org.jspecify.annotations.NullMarked;
