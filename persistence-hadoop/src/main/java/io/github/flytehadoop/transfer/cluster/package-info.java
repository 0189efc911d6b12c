/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Internal: what distributed engines share. May use {@code transfer}, {@code transfer.work}, {@code
 * transfer.plan} and {@code transfer.receipt}.
 */
@NullMarked
package io.github.flytehadoop.transfer.cluster;

import org.jspecify.annotations.NullMarked;
