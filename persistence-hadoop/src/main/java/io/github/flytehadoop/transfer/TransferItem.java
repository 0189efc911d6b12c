/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One file of a plan: small, and the same for a thread, a Spark task and a MapReduce task.
 *
 * @param id from 0, in the order of the plan
 * @param source the file's location
 * @param target the location it gets, fixed here and never changed by a worker
 * @param lengthBytes as listed, or -1 when the source does not say
 * @param modifiedMillis as listed, since 1970
 * @param etag the version that was listed, or null
 */
public record TransferItem(
    long id,
    String source,
    String target,
    long lengthBytes,
    long modifiedMillis,
    @Nullable String etag)
    implements Serializable {}
