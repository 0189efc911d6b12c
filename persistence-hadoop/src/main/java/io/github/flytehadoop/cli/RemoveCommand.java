/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import io.github.flytehadoop.cli.exit.ExitCode;
import io.github.flytehadoop.cli.output.DeletionResult;
import io.github.flytehadoop.cli.output.Output;
import io.github.flytehadoop.transfer.Depth;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "rm", description = "Deletes a file, or with -r a directory and all below it.")
final class RemoveCommand extends Verb {
  @Parameters(paramLabel = "URI", description = "What to delete.")
  private String uri = "";

  @Option(
      names = {"-r", "--recursive"},
      description = "A directory, too.")
  private boolean recursive;

  RemoveCommand(Session.Factory sessions, Output output) {
    super(sessions, output);
  }

  @Override
  ExitCode run() throws IOException {
    try (Session session = sessions().open()) {
      session.provider().delete(uri, recursive ? Depth.TREE : Depth.CHILDREN);
      output().print(new DeletionResult(uri));
    }
    return ExitCode.DONE;
  }
}
