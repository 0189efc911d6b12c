/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.cli.output.Output;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "put",
    description =
        "Puts a local file, or with -r a directory, into a store; replaces what is there.")
final class PutCommand extends TransferVerb {
  @Parameters(index = "0", paramLabel = "LOCAL", description = "What to put.")
  private String from = "";

  @Parameters(
      index = "1",
      paramLabel = "URI",
      description = "Where to. A file goes below it when it ends with / or is a directory.")
  private String to = "";

  PutCommand(Session.Factory sessions, Output output) {
    super(sessions, output, "put");
  }

  @Override
  void check() {
    local(from);
    options().copyOptions();
  }

  @Override
  TransferReport transfer(FileAccessProvider provider) throws IOException {
    Path local = local(from);
    return options().needsCopy()
        ? provider.copy(
            local.toAbsolutePath().toString(),
            to,
            options().copyOptions().withEngine(Engine.LOCAL).withOnExisting(OnExisting.OVERWRITE))
        : provider.putData(local, to, options().shape());
  }
}
