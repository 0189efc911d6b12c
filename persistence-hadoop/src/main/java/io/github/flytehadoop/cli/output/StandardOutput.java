/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.output;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The stream that results go to. It remembers that it failed, since what was done by then stays
 * done, and most of the output is written when a run has ended.
 */
public final class StandardOutput extends FilterOutputStream {
  private final List<String> done = new ArrayList<>();
  private @Nullable IOException failure;

  /** Writes to a stream, which should be buffered. */
  public StandardOutput(OutputStream out) {
    super(out);
  }

  /** Nobody takes more of the output; {@link #end} says why. */
  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    private Refused(IOException cause) {
      super("standard output takes no more", cause);
    }
  }

  @Override
  public void write(int oneByte) throws IOException {
    write(new byte[] {(byte) oneByte}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    requireTaking();
    try {
      out.write(bytes, offset, length);
    } catch (IOException refused) {
      throw failed(refused);
    }
  }

  @Override
  public void flush() throws IOException {
    requireTaking();
    try {
      out.flush();
    } catch (IOException refused) {
      throw failed(refused);
    }
  }

  /** What is buffered would be written again, and behind what was lost. */
  private void requireTaking() throws Refused {
    if (failure != null) {
      throw new Refused(failure);
    }
  }

  private Refused failed(IOException refused) {
    failure = refused;
    return new Refused(refused);
  }

  /** Notes what is done, whether or not somebody reads it. */
  void done(String what) {
    done.add(what);
  }

  /**
   * Hands over what is buffered, and says on standard error what is done when it cannot. Silent
   * when whoever reads the output has seen enough, as in {@code flyte-data ls ... | head}.
   *
   * @param code exit code of the run so far
   * @return the exit code: 1 in place of 0 when the output was not taken
   */
  public int end(PrintStream err, int code) {
    try {
      flush();
      return code;
    } catch (IOException refused) {
      IOException cause = Objects.requireNonNull(failure);
      if (!isClosedPipe(cause)) {
        err.println("flyte-data: " + message(cause));
        err.flush();
      }
      return code == 0 ? 1 : code;
    }
  }

  private String message(IOException cause) {
    String why = Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
    String rest = done.isEmpty() ? "" : " This is done all the same: " + String.join("; ", done);
    return Problem.cannot("write to standard output")
        .because(why)
        .kind(FailureKind.LOCAL_IO)
        .remedy("Make room where it goes." + rest + (rest.isEmpty() ? "" : "."))
        .message();
  }

  private static boolean isClosedPipe(IOException failure) {
    String message = Objects.requireNonNullElse(failure.getMessage(), "");
    return message.toLowerCase(Locale.ROOT).contains("broken pipe");
  }
}
