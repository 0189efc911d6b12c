/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import org.jspecify.annotations.Nullable;

/**
 * What a writer sent, to be compared with what arrived.
 *
 * @param lengthBytes how many bytes
 * @param checksum of all of them, or null when they were not sent in order
 */
public record SentContent(long lengthBytes, @Nullable Checksum checksum) {}
