/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.cli.output.Output;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "get",
    description =
        "Gets a file, or with -r a directory, onto the local disk; replaces what is there.")
final class GetCommand extends TransferVerb {
  @Parameters(index = "0", paramLabel = "URI", description = "What to get.")
  private String from = "";

  @Parameters(
      index = "1",
      paramLabel = "LOCAL",
      description = "Where to. A file goes below it when it is a directory.")
  private String to = "";

  GetCommand(Session.Factory sessions, Output output) {
    super(sessions, output, "got");
  }

  @Override
  void check() {
    local(to);
    options().copyOptions();
  }

  /** A file goes into a directory that is there, as it does without a name for the run. */
  private String target(Path local) {
    boolean into = options().shape() == BlobDimensionality.SINGLE && Files.isDirectory(local);
    return local.toAbsolutePath() + (into ? "/" : "");
  }

  @Override
  TransferReport transfer(FileAccessProvider provider) throws IOException {
    Path local = local(to);
    return options().needsCopy()
        ? provider.copy(
            from,
            target(local),
            options().copyOptions().withEngine(Engine.LOCAL).withOnExisting(OnExisting.OVERWRITE))
        : provider.getData(from, local, options().shape());
  }
}
