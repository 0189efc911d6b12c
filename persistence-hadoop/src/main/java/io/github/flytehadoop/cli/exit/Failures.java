/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.exit;

import io.github.flytehadoop.cli.output.StandardOutput;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.literal.LiteralException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns a failure into one or two lines on standard error and an exit code. */
public final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final BooleanSupplier verbose;

  /** Prints stack traces when somebody wants them. */
  public Failures(BooleanSupplier verbose) {
    this.verbose = verbose;
  }

  @Override
  public int handleExecutionException(Exception thrown, CommandLine verb, ParseResult parsed) {
    Exception failure = thrown instanceof UncheckedIOException wrapped ? cause(wrapped) : thrown;
    PrintWriter err = verb.getErr();
    // whoever wraps standard output says what is wrong with it, for all verbs
    if (!(failure instanceof StandardOutput.Refused)) {
      err.println("flyte-data: " + Printable.escaped(sentence(failure)));
      if (verbose.getAsBoolean()) {
        failure.printStackTrace(err);
      }
      err.flush();
    }
    return codeOf(failure).number();
  }

  private static IOException cause(UncheckedIOException wrapped) {
    return Objects.requireNonNull(wrapped.getCause());
  }

  private static ExitCode codeOf(Exception failure) {
    if (failure instanceof TransferException transfer) {
      return ExitCode.of(transfer);
    }
    return failure instanceof IllegalArgumentException ? ExitCode.USAGE : ExitCode.FAILED;
  }

  /** Bad values and missing abilities say themselves what to do; other surprises are our bugs. */
  private static String sentence(Exception failure) {
    String message = Objects.requireNonNullElse(failure.getMessage(), "");
    if (failure instanceof TransferException
        || failure instanceof LiteralException
        || failure instanceof IllegalArgumentException
        || failure instanceof UnsupportedOperationException) {
      return message;
    }
    String remedy =
        failure instanceof IOException
            ? "Run it again with -v to see more."
            : "This is a bug: report it with what -v shows.";
    return Problem.cannot("finish").because(failure.toString()).remedy(remedy).message();
  }

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    CommandLine verb = failure.getCommandLine();
    String name = verb.getCommandSpec().qualifiedName(" ");
    PrintWriter err = verb.getErr();
    String why = Objects.requireNonNullElse(failure.getMessage(), "").replace("Error: ", "");
    String sentence =
        Problem.isMessage(why) ? why : Problem.cannot("run", name).because(why).message();
    err.println(
        "flyte-data: "
            + Printable.escaped(withStop(sentence) + suggestion(failure))
            + " See '"
            + name
            + " --help'.");
    err.flush();
    return ExitCode.USAGE.number();
  }

  private static String withStop(String sentence) {
    return sentence.endsWith(".") ? sentence : sentence + ".";
  }

  private static String suggestion(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      return near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?";
    }
    return "";
  }
}
