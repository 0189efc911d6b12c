/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.literal.ContainerError.Kind;
import io.github.flytehadoop.literal.ContainerError.Origin;
import io.github.flytehadoop.literal.LiteralException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How each generation wants to be told of a failure. Their defaults are opposite: Flyte 1 does not
 * repeat a task whose code failed, Flyte 2 does.
 *
 * @param failure what counts: a wrapper that says less is taken off
 */
record FailureRules(String code, Kind kind, Origin origin, Throwable failure) {
  private static final String SYSTEM = "SYSTEM";
  private static final String OF_USER = "USER:";

  /** Causes can form a ring. */
  private static final int DEEPEST_CAUSE = 100;

  /** Flyte 2 looks for these inside a code, and would take a code that has one for its own. */
  private static final List<String> MEANT_OTHERWISE =
      List.of(
          "OOM",
          "Interrupted",
          "Unknown",
          "RetriesExhausted",
          "PrimaryContainerNotFound",
          "InvalidImageName",
          "ImagePullBackOff",
          "|");

  static FailureRules of(Throwable thrown, FlyteGeneration generation) {
    Throwable failure = unwrapped(thrown);
    return generation == FlyteGeneration.FLYTE_1 ? first(failure) : second(failure);
  }

  private static FailureRules first(Throwable failure) {
    if (has(failure, RecoverableTaskException.class)) {
      return new FailureRules(OF_USER + "Recoverable", Kind.RECOVERABLE, Origin.USER, failure);
    }
    if (isOfRuntime(failure)) {
      return new FailureRules(SYSTEM, kindOf(failure), Origin.SYSTEM, failure);
    }
    if (failure instanceof LiteralException) {
      return new FailureRules(SYSTEM, Kind.NON_RECOVERABLE, Origin.SYSTEM, failure);
    }
    return new FailureRules(OF_USER + nameOf(failure), Kind.NON_RECOVERABLE, Origin.USER, failure);
  }

  private static FailureRules second(Throwable failure) {
    if (has(failure, NonRecoverableTaskException.class)) {
      return new FailureRules("NonRecoverableError", Kind.NON_RECOVERABLE, Origin.USER, failure);
    }
    if (isOfRuntime(failure)) {
      return new FailureRules(codeOf(failure), kindOf(failure), Origin.SYSTEM, failure);
    }
    if (failure instanceof LiteralException) {
      return new FailureRules("DataValidationError", Kind.RECOVERABLE, Origin.USER, failure);
    }
    Origin origin = failure instanceof LinkageError ? Origin.UNKNOWN : Origin.USER;
    return new FailureRules(codeOf(failure), Kind.RECOVERABLE, origin, failure);
  }

  private static boolean isOfRuntime(Throwable failure) {
    return failure instanceof TransferException || failure instanceof ConfigException;
  }

  private static Kind kindOf(Throwable failure) {
    return failure instanceof TransferException transfer && transfer.recoverable()
        ? Kind.RECOVERABLE
        : Kind.NON_RECOVERABLE;
  }

  private static String codeOf(Throwable failure) {
    String name = nameOf(failure);
    return MEANT_OTHERWISE.stream().anyMatch(name::contains) ? "JavaError" : name;
  }

  /** The simple name; an anonymous class has none, and is what it extends. */
  private static String nameOf(Throwable failure) {
    Class<?> type = failure.getClass();
    while (type.getSimpleName().isEmpty() && type.getSuperclass() != null) {
      type = type.getSuperclass();
    }
    return type.getSimpleName();
  }

  private static Throwable unwrapped(Throwable thrown) {
    return thrown instanceof UncheckedIOException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }

  /** Whether the failure is of a type, or was caused by one: frameworks wrap what they call. */
  static boolean has(Throwable failure, Class<? extends Throwable> type) {
    @Nullable Throwable at = failure;
    for (int depth = 0; at != null && depth < DEEPEST_CAUSE; depth++) {
      if (type.isInstance(at)) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }
}
