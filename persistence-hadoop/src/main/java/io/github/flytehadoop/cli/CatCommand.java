/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import io.github.flytehadoop.cli.exit.ExitCode;
import io.github.flytehadoop.cli.output.Output;
import java.io.IOException;
import java.io.InputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "cat", description = "Writes the bytes of a file to standard output.")
final class CatCommand extends BaseCommand {
  @Parameters(paramLabel = "URI", description = "A file.")
  private String uri = "";

  CatCommand(Session.Factory sessions, Output output) {
    super(sessions, output);
  }

  @Override
  ExitCode run() throws IOException {
    try (Session session = sessions().open();
        InputStream bytes = session.provider().openRead(uri)) {
      bytes.transferTo(output().bytes());
    }
    return ExitCode.DONE;
  }
}
