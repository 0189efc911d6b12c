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
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "check",
    description =
        "Compares two files or directories without copying: lengths, and digests where both stores"
            + " keep them. Prints each difference; exits with 1 when there is one, and with 3 when"
            + " some files agree in length and nothing proves more.")
final class CheckCommand extends BaseCommand {
  @Parameters(index = "0", paramLabel = "FIRST", description = "A URI or local path.")
  private String first = "";

  @Parameters(index = "1", paramLabel = "SECOND", description = "A URI or local path.")
  private String second = "";

  @ArgGroup(exclusive = true)
  private Basis basis = new Basis();

  private static final class Basis {
    @Option(names = "--content", description = "Read every byte of both, and compare these.")
    private boolean content;

    @Option(names = "--size-only", description = "Compare lengths alone, and be content with them.")
    private boolean sizeOnly;

    CompareBy by() {
      if (content) {
        return CompareBy.CONTENT;
      }
      return sizeOnly ? CompareBy.LENGTHS : CompareBy.DIGESTS;
    }
  }

  CheckCommand(Session.Factory sessions, Output output) {
    super(sessions, output);
  }

  @Override
  ExitCode run() throws IOException {
    try (Session session = sessions().open()) {
      CheckReport report = session.provider().check(first, second, basis.by(), this::show);
      output().print(new CheckResult(report));
      if (!report.isSame()) {
        return ExitCode.FAILED;
      }
      return report.isProven() || basis.sizeOnly ? ExitCode.DONE : ExitCode.PARTLY_DONE;
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
