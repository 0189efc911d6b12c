/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.error.TransferException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What became of one item.
 *
 * @param id of the item
 * @param bytes that are at the target; 0 when it failed
 * @param verification what was compared
 * @param attempts tries, including the last
 * @param failure why the file is not there, or null when it is
 * @param cause the exception behind it, in the JVM where it was thrown
 */
public record Receipt(
    long id,
    long bytes,
    Verification verification,
    int attempts,
    @Nullable PathFailure failure,
    @Nullable TransferException cause)
    implements Serializable {
  /** The same for another JVM, which may not have the classes of the cause. */
  public Receipt withoutCause() {
    return new Receipt(id, bytes, verification, attempts, failure, null);
  }

  /** The same with the exception that is known in this JVM. */
  Receipt withCause(@Nullable TransferException known) {
    return new Receipt(id, bytes, verification, attempts, failure, known);
  }

  /** Whether the file is at the target, whole. */
  public boolean succeeded() {
    return failure == null;
  }
}
