/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Internal: the journal of a named run, and what a run left half done. May use {@code transfer},
 * {@code transfer.plan}, {@code transfer.receipt} and {@code transfer.spill}.
 */
@NullMarked
package io.github.flytehadoop.transfer.resume;

import org.jspecify.annotations.NullMarked;
