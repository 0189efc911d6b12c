/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

/**
 * What an engine works with.
 *
 * @param stores opens the stores of a plan's locations
 * @param limits what may be used at once
 * @param progress hears what happens; never null, never throws
 * @param cancellation tells when to stop
 */
public record EngineContext(
    Stores stores, TransferLimits limits, ProgressListener progress, Cancellation cancellation) {}
