/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Plans, engines, workers and reports: every transfer is plan, work, receipts, verify, commit. May
 * use {@code store}, {@code location} and {@code error}.
 */
@NullMarked
package io.github.flytehadoop.transfer;

import org.jspecify.annotations.NullMarked;
