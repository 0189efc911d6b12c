/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import io.github.flytehadoop.cli.bench.Bench;
import io.github.flytehadoop.cli.exit.ExitCode;
import io.github.flytehadoop.cli.option.ByteSize;
import io.github.flytehadoop.cli.output.Output;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.location.TemporaryDirectory;
import io.github.flytehadoop.transfer.TransferLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "bench",
    description =
        "Measures put, copy and get of made-up files below a directory of a store, and removes them"
            + " again: wall and CPU seconds, peak memory, requests.")
final class BenchCommand extends BaseCommand {
  private static final int MOST_FILES = 1_000_000;
  private static final int MOST_ROUNDS = 1000;

  @Parameters(paramLabel = "URI", description = "A directory; everything is written below it.")
  private String uri = "";

  @Option(names = "--files", paramLabel = "N", description = "How many files; default 1000.")
  private @Nullable Integer files;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      converter = ByteSize.Converter.class,
      description = "Bytes of each file; default 100KiB.")
  private @Nullable ByteSize size;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = "The files of this local directory, in place of made-up ones.")
  private @Nullable Path from;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often; the first round starts cold; default 3.")
  private int rounds = 3;

  @Option(
      names = "--streams",
      paramLabel = "N",
      description = "Streams that move bytes at once, 1 to 1024; default 32.")
  private @Nullable Integer streams;

  BenchCommand(Session.Factory sessions, Output output) {
    super(sessions, output);
  }

  @Override
  ExitCode run() throws IOException {
    int count = files == null ? 1000 : files;
    require("--files", count, MOST_FILES);
    require("--rounds", rounds, MOST_ROUNDS);
    requireFrom();
    long bytes = size == null ? 100L << 10 : size.bytes();
    try (Session session = sessions().open(spec().name(), limits());
        TemporaryDirectory scratch = TemporaryDirectory.create("flyte-bench-")) {
      Bench bench = new Bench(session.provider(), scratch.path(), uri);
      Path source = from == null ? bench.make(count, bytes) : from;
      for (int round = 1; round <= rounds; round++) {
        try {
          bench.round(source, round, output()::print);
          output().flush();
        } finally {
          bench.clean();
        }
      }
    }
    return ExitCode.DONE;
  }

  private TransferLimits limits() {
    TransferLimits limits = TransferLimits.defaults();
    if (streams == null) {
      return limits;
    }
    require("--streams", streams, 1024);
    return limits
        .withPartsInFlight(streams)
        .withFilesInFlight(Math.max(streams, limits.filesInFlight()));
  }

  private void requireFrom() {
    if (from != null && (files != null || size != null)) {
      throw usage(
          Problem.cannot("use --from with --files or --size")
              .because("leave them out, it has files of its own")
              .message());
    }
    if (from != null && !Files.isDirectory(from)) {
      throw usage(Problem.cannot("use --from", from).because("name a local directory").message());
    }
  }

  private void require(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw usage(Problem.cannot("use " + option, value).because("give 1 to " + most).message());
    }
  }
}
