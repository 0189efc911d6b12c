/* Licensed under Apache-2.0; see LICENSE. */
/**
 * A Flyte task on the JVM: reads its inputs, writes its outputs or its error, and ends with the
 * status that the platform expects. {@link io.github.flytehadoop.task.FlyteTask} is the way in. May
 * use every room but {@code cli}.
 */
@NullMarked
package io.github.flytehadoop.task;

import org.jspecify.annotations.NullMarked;
