/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Internal: files that a web server offers, to be read. May use {@code store} and {@code
 * store.failure}.
 */
@NullMarked
package io.github.flytehadoop.store.http;

import org.jspecify.annotations.NullMarked;
