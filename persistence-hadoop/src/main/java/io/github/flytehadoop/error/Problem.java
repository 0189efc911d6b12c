/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Builds every failure and its one message. The message reads {@code Cannot VERB SUBJECT: WHY. WHAT
 * TO DO.}
 *
 * <p>The subject, the reason and the remedy pass through {@link Printable}, so a message has one
 * line and no signature of a web address, whatever its parts are. {@link #exception()} gives the
 * exception whose {@link FailureKind} was named; {@link #argument()} and {@link #state()} are for
 * callers that used the library in a wrong way.
 */
public final class Problem {
  private final String verb;
  private final String subject;
  private String why = "";
  private String remedy = "";
  private FailureKind kind = FailureKind.UNSUPPORTED;
  private @Nullable Throwable cause;

  private Problem(String verb, String subject) {
    this.verb = Objects.requireNonNull(verb, "verb");
    this.subject = subject;
  }

  /** Begins the message of something that has no location. */
  public static Problem cannot(String verb) {
    return new Problem(verb, "");
  }

  /** Begins the message; the subject is a location's text, or anything that prints itself. */
  public static Problem cannot(String verb, Object subject) {
    return new Problem(verb, Printable.of(subject.toString()));
  }

  /** Says why, as a clause without a final stop. */
  public Problem because(String reason) {
    this.why = Printable.sentence(reason);
    return this;
  }

  /** Says what to do, as whole sentences. */
  public Problem remedy(String whatToDo) {
    this.remedy = Printable.sentence(whatToDo);
    return this;
  }

  /** Says of which kind the failure is; {@link FailureKind#UNSUPPORTED} when nobody says. */
  public Problem kind(FailureKind failureKind) {
    this.kind = Objects.requireNonNull(failureKind, "kind");
    return this;
  }

  /** Keeps the exception behind the failure. */
  public Problem causedBy(@Nullable Throwable throwable) {
    this.cause = throwable;
    return this;
  }

  /** The one line. */
  public String message() {
    StringBuilder line = new StringBuilder("Cannot ").append(verb);
    if (!subject.isEmpty()) {
      line.append(' ').append(subject);
    }
    if (!why.isEmpty()) {
      line.append(": ").append(why);
    }
    line.append('.');
    return remedy.isEmpty() ? line.toString() : line.append(' ').append(remedy).toString();
  }

  /** The failure of a transfer; {@link DataNotFoundException} when the kind is NOT_FOUND. */
  public TransferException exception() {
    return kind == FailureKind.NOT_FOUND
        ? new DataNotFoundException(subject, message(), cause)
        : new TransferException(kind, subject, message(), cause);
  }

  /** The same as the exception of an argument that cannot be used. */
  public IllegalArgumentException argument() {
    return new IllegalArgumentException(message(), cause);
  }

  /** The same as the exception of a call that came too late or too early. */
  public IllegalStateException state() {
    return new IllegalStateException(message(), cause);
  }
}
