/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.cli.exit.ExitCode;
import io.github.flytehadoop.cli.option.TransferOptions;
import io.github.flytehadoop.cli.output.Output;
import io.github.flytehadoop.cli.output.TransferResult;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import picocli.CommandLine.Mixin;

/** Moves files, and prints the report: also that of a transfer which is only partly done. */
abstract class TransferVerb extends Verb {
  private final String pastTense;

  @Mixin private TransferOptions options = new TransferOptions();

  TransferVerb(Session.Factory sessions, Output output, String pastTense) {
    super(sessions, output);
    this.pastTense = pastTense;
  }

  /** Refuses what cannot be meant, before anything is opened. */
  abstract void check();

  abstract TransferReport transfer(FileAccessProvider provider) throws IOException;

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
      output().print(new TransferResult(pastTense(), report));
      return report.failures().isEmpty() ? ExitCode.DONE : ExitCode.PARTLY_DONE;
    } catch (TransferException failure) {
      if (!output().isText() && failure.report() instanceof TransferReport soFar) {
        output().print(new TransferResult(pastTense(), soFar));
      }
      throw failure;
    }
  }
}
