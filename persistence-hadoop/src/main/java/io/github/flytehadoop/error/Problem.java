/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.error;

import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Builds every failure and its one message. The message reads {@code Cannot VERB SUBJECT: WHY. WHAT
 * TO DO.}
 *
 * <p>All its parts pass through {@link Printable}, so a message has one line and no signature of a
 * web address, whatever its parts are. {@link #exception()} gives the exception whose {@link
 * FailureKind} was named, {@link #as} one of its subclasses, {@link #made} any other; {@link
 * #argument()} and {@link #state()} are for callers that used the library in a wrong way.
 */
public final class Problem {
  private static final String BEGINNING = "Cannot ";
  private static final Pattern PARTS =
      Pattern.compile(BEGINNING + ".+?: (.*?)\\. ([A-Z].*)", Pattern.DOTALL);

  // but two dots are a segment, and three an address cut short
  private static final Pattern STOPPED = Pattern.compile(".*[^.]\\.", Pattern.DOTALL);

  private final StringBuilder what;
  private String location = "";
  private String why = "";
  private String remedy = "";
  private FailureKind kind = FailureKind.UNSUPPORTED;
  private @Nullable Throwable cause;

  private Problem(String verb) {
    this.what = new StringBuilder(BEGINNING).append(Printable.sentence(verb));
  }

  /** Constructs a failure of one location, as the subclasses of {@link TransferException} do. */
  public interface Maker<E extends TransferException> {
    /** Constructs it. */
    E make(FailureKind kind, String location, String message, @Nullable Throwable cause);
  }

  /** What a message says behind its subject: the reason without its stop, and what to do. */
  public record Parts(String why, String remedy) {}

  /** Begins the message of something that has no location. */
  public static Problem cannot(String verb) {
    return new Problem(verb);
  }

  /**
   * Begins the message; the subject is a location's text, or anything that prints itself. It is the
   * location of the failure too.
   */
  public static Problem cannot(String verb, Object subject) {
    return new Problem(verb).also("", subject).at(subject.toString());
  }

  /** Whether a text has the shape of this class's messages already. */
  public static boolean isMessage(String text) {
    return text.startsWith(BEGINNING);
  }

  /** Takes a message apart; null when it does not say both why and what to do. */
  public static @Nullable Parts partsOf(String message) {
    Matcher parts = PARTS.matcher(message);
    return parts.matches() ? new Parts(parts.group(1), parts.group(2)) : null;
  }

  /** Adds words behind the subject. */
  public Problem also(String words) {
    what.append(' ').append(Printable.sentence(words));
    return this;
  }

  /** Adds words and one more subject, as {@code to} and where to. */
  public Problem also(String words, Object subject) {
    String before = words.isEmpty() ? "" : " " + Printable.sentence(words);
    what.append(before).append(' ').append(Printable.of(subject.toString()));
    return this;
  }

  /** Says which location failed, when it is not the first subject. */
  public Problem at(String failedLocation) {
    this.location = Objects.requireNonNull(failedLocation, "location");
    return this;
  }

  /** Says why, as a clause; its final stop may be left out. */
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
    String reason = why.isEmpty() ? "" : ": " + why;
    String stop = STOPPED.matcher(why).matches() ? "" : ".";
    return what + reason + stop + (remedy.isEmpty() ? "" : " " + remedy);
  }

  /** The failure of a transfer; {@link DataNotFoundException} when the kind is NOT_FOUND. */
  public TransferException exception() {
    return kind == FailureKind.NOT_FOUND
        ? new DataNotFoundException(location, message(), cause)
        : as(TransferException::new);
  }

  /** The failure of a transfer in the form that one call promises. */
  public <E extends TransferException> E as(Maker<E> maker) {
    return maker.make(kind, location, message(), cause);
  }

  /** The same as any exception that takes a message, such as {@code IOException::new}. */
  public <E extends Exception> E made(Function<String, E> maker) {
    E made = maker.apply(message());
    if (cause != null) {
      made.initCause(cause);
    }
    return made;
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
