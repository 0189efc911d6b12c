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

@Command(
    name = "rm",
    description =
        "Deletes a file, or with -r a directory and all below it. Where HDFS has a trash, it is"
            + " moved there.")
final class RemoveCommand extends BaseCommand {
  @Parameters(paramLabel = "URI", description = "What to delete.")
  private String uri = "";

  @Option(
      names = {"-r", "--recursive"},
      description = "A directory, too.")
  private boolean recursive;

  @Option(names = "--skip-trash", description = "Delete at once, also where HDFS has a trash.")
  private boolean skipTrash;

  RemoveCommand(Session.Factory sessions, Output output) {
    super(sessions, output);
  }

  @Override
  ExitCode run() throws IOException {
    try (Session session = sessions().open()) {
      Depth depth = recursive ? Depth.TREE : Depth.CHILDREN;
      boolean trashed = !skipTrash && session.provider().moveToTrash(uri, depth);
      if (!trashed) {
        session.provider().delete(uri, depth);
      }
      output().print(new DeletionResult(uri, trashed));
    }
    return ExitCode.DONE;
  }
}
