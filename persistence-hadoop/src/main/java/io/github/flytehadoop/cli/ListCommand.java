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
final class ListCommand extends Verb {
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
      list(session.provider());
    }
    return ExitCode.DONE;
  }

  private void list(FileAccessProvider provider) throws IOException {
    Stream<ObjectStatus> entries;
    try {
      entries = provider.list(uri, recursive ? Depth.TREE : Depth.CHILDREN);
    } catch (TransferException failure) {
      entries = Stream.of(file(provider, failure));
    }
    try (Stream<ObjectStatus> closing = entries) {
      for (Iterator<ObjectStatus> each = closing.iterator(); each.hasNext(); ) {
        output().print(new EntryResult(each.next()));
      }
    }
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
