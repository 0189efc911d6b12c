/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.cli.exit.ExitCode;
import io.github.flytehadoop.cli.option.TransferOptions;
import io.github.flytehadoop.cli.option.Verbosity;
import io.github.flytehadoop.cli.output.Output;
import io.github.flytehadoop.cli.output.TransferResult;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import picocli.CommandLine.Mixin;

/** Moves files, and prints the report: also that of a transfer which is only partly done. */
abstract class TransferVerb extends BaseCommand {
  private final String pastTense;

  @Mixin private TransferOptions options = new TransferOptions();

  TransferVerb(Session.Factory sessions, Output output, String pastTense) {
    super(sessions, output);
    this.pastTense = pastTense;
  }

  /** Refuses what cannot be meant, before anything is opened. */
  abstract void check();

  abstract TransferReport transfer(FileAccessProvider provider) throws IOException;

  /** Whether standard output is the bytes of a file, so that the report goes to standard error. */
  boolean writesBytes() {
    return false;
  }

  /** Whether an argument means standard input or output; a file of that name is {@code ./-}. */
  final boolean isPipe(String argument) {
    return argument.equals("-");
  }

  /** A pipe has one file without a name of its own, and is read or written once. */
  final void requireOnePlainFile() {
    if (options.shape() == BlobDimensionality.MULTIPART || options.needsCopy()) {
      throw usage("- is one stream: leave out --recursive, --job-id and --manifest");
    }
  }

  /** What the result says was done. */
  String pastTense() {
    return pastTense;
  }

  final TransferOptions options() {
    return options;
  }

  @Override
  final ExitCode run() throws IOException {
    TransferLimits limits = options.limits(spec());
    check();
    try (Session session = sessions().open(spec().name(), limits)) {
      TransferReport report = transfer(session.provider());
      print(new TransferResult(pastTense(), report));
      return report.failures().isEmpty() ? ExitCode.DONE : ExitCode.PARTLY_DONE;
    } catch (TransferException failure) {
      if (!output().isText() && failure.report() instanceof TransferReport soFar) {
        printBeside(failure, new TransferResult(pastTense(), soFar));
      }
      throw failure;
    }
  }

  private void print(TransferResult result) throws IOException {
    if (!writesBytes()) {
      output().print(result);
    } else if (sessions().global().loudness() != Verbosity.QUIET) {
      output().print(result, sessions().around().err());
    }
  }

  /** The transfer's own failure is the one to tell of. */
  private void printBeside(TransferException failure, TransferResult soFar) {
    try {
      output().print(soFar);
    } catch (IOException refused) {
      failure.addSuppressed(refused);
    }
  }
}
