/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import io.github.flytehadoop.cli.exit.ExitCode;
import io.github.flytehadoop.cli.output.CheckResult;
import io.github.flytehadoop.cli.output.DifferenceResult;
import io.github.flytehadoop.cli.output.Output;
import io.github.flytehadoop.transfer.CheckReport;
import io.github.flytehadoop.transfer.CompareBy;
import io.github.flytehadoop.transfer.Difference;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "check",
    description =
        "Compares two files or directories without copying: lengths, and digests where both stores"
            + " keep them. Prints each difference; exits with 1 when there is one.")
final class CheckCommand extends Verb {
  @Parameters(index = "0", paramLabel = "FIRST", description = "A URI or local path.")
  private String first = "";

  @Parameters(index = "1", paramLabel = "SECOND", description = "A URI or local path.")
  private String second = "";

  @Option(names = "--content", description = "Read every byte of both, and compare these.")
  private boolean content;

  CheckCommand(Session.Factory sessions, Output output) {
    super(sessions, output);
  }

  @Override
  ExitCode run() throws IOException {
    try (Session session = sessions().open()) {
      CheckReport report =
          session
              .provider()
              .check(first, second, content ? CompareBy.CONTENT : CompareBy.DIGESTS, this::show);
      output().print(new CheckResult(report));
      return report.isSame() ? ExitCode.DONE : ExitCode.FAILED;
    } catch (UncheckedIOException broken) {
      throw broken.getCause();
    }
  }

  private void show(Difference difference) {
    try {
      output().print(new DifferenceResult(difference));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
