/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.cli.output.Output;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.TransferReport;
import io.github.flytehadoop.transfer.Verification;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
      description =
          "Where to. A file goes below it when it is a directory; - is standard output, and the"
              + " report then goes to standard error.")
  private String to = "";

  GetCommand(Session.Factory sessions, Output output) {
    super(sessions, output, "got");
  }

  @Override
  void check() {
    options().copyOptions();
    if (isPipe(to)) {
      requireOnePlainFile();
    } else {
      local(to);
    }
  }

  @Override
  boolean writesBytes() {
    return isPipe(to);
  }

  private TransferReport getToStandardOutput(FileAccessProvider provider) throws IOException {
    long start = System.nanoTime();
    long bytes;
    try (InputStream in = provider.openRead(from)) {
      bytes = in.transferTo(output().bytes());
    }
    output().flush();
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    return new TransferReport(
        to,
        1,
        bytes,
        0,
        List.of(),
        Verification.LENGTH,
        Engine.LOCAL,
        elapsed,
        Map.of(),
        "",
        List.of());
  }

  @Override
  TransferReport transfer(FileAccessProvider provider) throws IOException {
    if (isPipe(to)) {
      return getToStandardOutput(provider);
    }
    Path local = local(to);
    return options().needsCopy()
        ? provider.copy(
            from,
            local.toAbsolutePath().toString(),
            options().copyOptions().withEngine(Engine.LOCAL).withOnExisting(OnExisting.OVERWRITE))
        : provider.getData(from, local, options().shape());
  }
}
