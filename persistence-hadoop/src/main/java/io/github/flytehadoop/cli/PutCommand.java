/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.cli.output.Output;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.RawDataOptions;
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
  private static final int STEP_BYTES = 1 << 20;

  @Parameters(index = "0", paramLabel = "LOCAL", description = "What to put; - is standard input.")
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
    options().copyOptions();
    if (!isPipe(from)) {
      local(from);
      return;
    }
    requireOnePlainFile();
    Location target = Location.parse(to);
    if (target.key().isEmpty() || target.endsWithSeparator()) {
      throw usage(to + " names no file, and standard input has no name of its own. Add one");
    }
  }

  /** The name is the last segment, behind everything that precedes it as it is. */
  private TransferReport putStandardInput(FileAccessProvider provider) throws IOException {
    Location target = Location.parse(to);
    String at = target.isLocal() ? Path.of(target.key()).toAbsolutePath().toString() : to;
    int name = at.lastIndexOf('/') + 1;
    RawDataOptions options =
        RawDataOptions.defaults()
            .skipRawDataPrefix()
            .withUploadPrefix(at.substring(0, name))
            .withFileName(at.substring(name))
            .withReadChunkSizeBytes(STEP_BYTES);
    return provider.putRawData(RawData.stream(sessions().around().in()), options);
  }

  @Override
  TransferReport transfer(FileAccessProvider provider) throws IOException {
    if (isPipe(from)) {
      return putStandardInput(provider);
    }
    Path local = local(from);
    return options().needsCopy()
        ? provider.copy(
            local.toAbsolutePath().toString(),
            to,
            options().copyOptions().withEngine(Engine.LOCAL).withOnExisting(OnExisting.OVERWRITE))
        : provider.putData(local, to, options().shape());
  }
}
