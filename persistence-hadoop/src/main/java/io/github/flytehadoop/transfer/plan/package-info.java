/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Internal: listings, their comparison, the rules about names, and the plan. May use {@code
 * transfer}, {@code transfer.spill} and {@code transfer.work}.
 */
@NullMarked
package io.github.flytehadoop.transfer.plan;

import org.jspecify.annotations.NullMarked;
