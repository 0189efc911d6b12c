/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import io.github.flytehadoop.cli.exit.ExitCode;
import io.github.flytehadoop.cli.option.ExistingOptions;
import io.github.flytehadoop.cli.option.TransferOptions;
import io.github.flytehadoop.cli.output.Output;
import io.github.flytehadoop.cli.output.PlanResult;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "plan",
    description =
        "Says what cp would do, and moves nothing: files, bytes, requests by class, and what these"
            + " cost at the list price of S3 Standard.")
final class PlanCommand extends BaseCommand {
  @Parameters(index = "0", paramLabel = "FROM", description = "A URI or local path.")
  private String from = "";

  @Parameters(index = "1", paramLabel = "TO", description = "A URI or local path.")
  private String to = "";

  @ArgGroup(exclusive = true)
  private ExistingOptions existing = new ExistingOptions();

  @Mixin private TransferOptions options = new TransferOptions();

  PlanCommand(Session.Factory sessions, Output output) {
    super(sessions, output);
  }

  @Override
  ExitCode run() throws IOException {
    TransferLimits limits = options.limits(spec());
    CopyOptions copy = options.copyOptions().withOnExisting(existing.onExisting()).withDryRun();
    try (Session session = sessions().open(spec().name(), limits)) {
      TransferReport report = session.provider().copy(from, to, copy);
      output().print(new PlanResult(report));
      return report.failures().isEmpty() ? ExitCode.DONE : ExitCode.PARTLY_DONE;
    }
  }
}
