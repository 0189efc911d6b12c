/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.bench;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.cli.output.BenchResult;
import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/**
 * Measures put, copy and get of one made-up tree below a directory of a store. What is deleted is
 * only what it made: a name of its own, which nobody else has.
 */
public final class Bench {
  private static final int FILES_PER_DIRECTORY = 100;
  private static final int BLOCK_BYTES = 1 << 20;
  private static final Path STATUS = Path.of("/proc/self/status");

  /** Takes results as they come. */
  public interface Sink {
    /** Takes one. */
    void take(BenchResult result) throws IOException;
  }

  private interface Work {
    TransferReport run() throws IOException;
  }

  private final FileAccessProvider provider;
  private final Path scratch;
  private final String root;

  /** A bench that has made nothing yet. */
  public Bench(FileAccessProvider provider, Path scratch, String uri) {
    this.provider = provider;
    this.scratch = scratch;
    this.root = below(uri, "flyte-bench-" + provider.getRandomString());
  }

  private static String below(String directory, String name) {
    return directory + (directory.endsWith("/") ? "" : "/") + name;
  }

  /** Makes files to move, and tells where: random bytes, the same in every run. */
  public Path make(int files, long sizeBytes) throws IOException {
    Path source = scratch.resolve("source");
    byte[] block = new byte[BLOCK_BYTES];
    new Random(1).nextBytes(block);
    for (int file = 0; file < files; file++) {
      Path directory = source.resolve("d" + file / FILES_PER_DIRECTORY);
      Files.createDirectories(directory);
      try (OutputStream out = Files.newOutputStream(directory.resolve("f" + file))) {
        for (long left = sizeBytes; left > 0; left -= BLOCK_BYTES) {
          out.write(block, 0, (int) Math.min(left, BLOCK_BYTES));
        }
      }
    }
    return source;
  }

  /** Puts, copies and gets a tree once. */
  public void round(Path source, int round, Sink sink) throws IOException {
    String put = below(root, "put");
    String copy = below(root, "copy");
    Path got = got();
    BlobDimensionality tree = BlobDimensionality.MULTIPART;
    sink.take(measured(round, "put", () -> provider.putData(source, put, tree)));
    sink.take(measured(round, "copy", () -> provider.copy(put, copy, here())));
    sink.take(measured(round, "get", () -> provider.getData(put, got, tree)));
  }

  private static CopyOptions here() {
    return CopyOptions.defaults()
        .withShape(BlobDimensionality.MULTIPART)
        .withEngine(Engine.LOCAL)
        .withOnExisting(OnExisting.OVERWRITE);
  }

  /**
   * Removes what a round wrote to the store and here, so that many rounds take no more room than
   * one; the rest of the scratch directory is the caller's.
   */
  public void clean() throws IOException {
    if (Files.exists(got())) {
      provider.delete(got().toString(), Depth.TREE);
    }
    try {
      provider.delete(root, Depth.TREE);
    } catch (DataNotFoundException nothingWasWritten) {
      // the first put failed, and says why
    }
  }

  private Path got() {
    return scratch.resolve("got");
  }

  private static BenchResult measured(int round, String verb, Work work) throws IOException {
    Duration cpu = cpu();
    long start = System.nanoTime();
    TransferReport report = work.run();
    Duration wall = Duration.ofNanos(System.nanoTime() - start);
    return new BenchResult(round, verb, report, wall, cpu().minus(cpu), peakBytes());
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** As Linux counts it. */
  private static long peakBytes() throws IOException {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElse(0);
  }
}
