/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Internal: receipts, kept, audited, and written as a manifest. May use {@code transfer} and {@code
 * transfer.spill}.
 */
@NullMarked
package io.github.flytehadoop.transfer.receipt;

import org.jspecify.annotations.NullMarked;
