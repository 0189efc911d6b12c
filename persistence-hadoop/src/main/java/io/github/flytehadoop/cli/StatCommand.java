/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import io.github.flytehadoop.cli.exit.ExitCode;
import io.github.flytehadoop.cli.output.Output;
import io.github.flytehadoop.cli.output.StatusResult;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "stat",
    description = "Shows what is at a path: length, time, etag, checksum and metadata.")
final class StatCommand extends BaseCommand {
  @Parameters(paramLabel = "URI", description = "A file or directory.")
  private String uri = "";

  StatCommand(Session.Factory sessions, Output output) {
    super(sessions, output);
  }

  @Override
  ExitCode run() throws IOException {
    try (Session session = sessions().open()) {
      output().print(new StatusResult(session.provider().stat(uri)));
    }
    return ExitCode.DONE;
  }
}
