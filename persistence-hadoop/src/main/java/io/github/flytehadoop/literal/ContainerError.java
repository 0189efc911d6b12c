/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import io.github.flytehadoop.literal.wire.WireBytes;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a task failed, as the platform reads it.
 *
 * @param timestamp when a worker failed, in Flyte 1 alone, or null
 * @param worker the name of that worker; empty when there is one container
 * @param rest fields that are not known here; they are written again
 */
public record ContainerError(
    String code,
    String message,
    Kind kind,
    Origin origin,
    @Nullable Instant timestamp,
    String worker,
    WireBytes rest) {
  /** Whether the platform tries again. */
  public enum Kind {
    /** It does not. */
    NON_RECOVERABLE,
    /** It does, as often as the task allows. */
    RECOVERABLE
  }

  /** Whose failure it is. */
  public enum Origin {
    /** Nobody knows. */
    UNKNOWN,
    /** The code of the user. */
    USER,
    /** The code around it. */
    SYSTEM
  }

  /** Refuses null. */
  public ContainerError {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(worker, "worker");
    Objects.requireNonNull(rest, "rest");
  }

  /** The failure of a task that is one container. */
  public ContainerError(String code, String message, Kind kind, Origin origin) {
    this(code, message, kind, origin, null, "", WireBytes.NONE);
  }

  /** The same as the failure of one worker of several. */
  public ContainerError ofWorker(String name, Instant when) {
    return new ContainerError(code, message, kind, origin, when, name, rest);
  }
}
