/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Internal: the verbs put, get, copy and raw: each makes a plan, runs it and reports. May use every
 * room of {@code transfer} but the engines of clusters.
 */
@NullMarked
package io.github.flytehadoop.transfer.job;

import org.jspecify.annotations.NullMarked;
