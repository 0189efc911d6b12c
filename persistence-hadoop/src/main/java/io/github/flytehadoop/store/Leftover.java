/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a run which was killed has left in a store: a temporary file, or an upload that is
 * neither an object nor given up.
 *
 * @param at the temporary file, or the location that the upload was for, as the store names it
 * @param uploadId the upload, or null for a file
 * @param since when it was begun, by the store's clock
 */
public record Leftover(String at, @Nullable String uploadId, Instant since) {}
