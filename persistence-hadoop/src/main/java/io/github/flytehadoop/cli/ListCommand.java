/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.cli.exit.ExitCode;
import io.github.flytehadoop.cli.output.EntryResult;
import io.github.flytehadoop.cli.output.Output;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.ObjectStatus;
import java.io.IOException;
import java.util.Iterator;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "ls",
    description =
        "Lists a directory, or with -r every file below it: length in bytes, modification time in"
            + " UTC, URI.")
final class ListCommand extends BaseCommand {
  @Parameters(paramLabel = "URI", description = "A directory, a prefix, or one file.")
  private String uri = "";

  @Option(
      names = {"-r", "--recursive"},
      description = "All files below it.")
  private boolean recursive;

  ListCommand(Session.Factory sessions, Output output) {
    super(sessions, output);
  }

  @Override
  ExitCode run() throws IOException {
    try (Session session = sessions().open()) {
      return list(session.provider()) ? ExitCode.DONE : ExitCode.PARTLY_DONE;
    }
  }

  /** Whether nothing is missing: what lies in a directory that may not be listed is not shown. */
  private boolean list(FileAccessProvider provider) throws IOException {
    Stream<ObjectStatus> entries;
    try {
      entries = provider.list(uri, recursive ? Depth.TREE : Depth.CHILDREN);
    } catch (TransferException failure) {
      entries = Stream.of(file(provider, failure));
    }
    boolean complete = true;
    try (Stream<ObjectStatus> closing = entries) {
      for (Iterator<ObjectStatus> each = closing.iterator(); each.hasNext(); ) {
        ObjectStatus entry = each.next();
        output().print(new EntryResult(entry));
        complete &= !entry.isDirectory() || entry.problem() == null;
      }
    }
    return complete;
  }

  /** A file is its own listing. */
  private ObjectStatus file(FileAccessProvider provider, TransferException failure)
      throws IOException {
    if (failure.kind() != FailureKind.UNSUPPORTED) {
      throw failure;
    }
    ObjectStatus status = provider.stat(uri);
    if (status.isDirectory()) {
      throw failure;
    }
    return status;
  }
}
