/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.failure;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.location.Location;
import org.jspecify.annotations.Nullable;

/**
 * Why something failed, in our own words.
 *
 * @param kind what sort of failure it is
 * @param why a clause without a full stop
 * @param advice a sentence, or null for that of the kind
 */
record FailureReason(FailureKind kind, String why, @Nullable String advice) {
  String adviceAt(Location at) {
    return advice == null ? FailureAdvice.of(kind, at) : advice;
  }
}
