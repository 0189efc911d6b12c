/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.quickstart;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.cli.exit.ExitCode;
import io.github.flytehadoop.cli.option.ByteSize;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.ObjectStatus;
import io.github.flytehadoop.transfer.ProgressListener;
import io.github.flytehadoop.transfer.RawData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Puts, lists, copies, gets and compares, and says after each step what it did. */
public final class Quickstart {
  private static final long NEEDED_BYTES = 1200L << 20;

  private final Path directory;
  private final Steps steps;
  private final ProgressListener progress;

  /** Works below a directory that somebody else removes. */
  public Quickstart(Path directory, Steps steps, ProgressListener progress) {
    this.directory = directory;
    this.steps = steps;
    this.progress = progress;
  }

  /**
   * Runs all steps.
   *
   * @param project the checkout, or null when only jars are there
   */
  public ExitCode run(@Nullable Path project) throws IOException {
    requireSpace();
    Path tree = directory.resolve("tree");
    String what = SampleTree.fill(tree, project);
    long start = System.nanoTime();
    try (EmbeddedHdfs hdfs = EmbeddedHdfs.start(directory.resolve("hdfs"))) {
      steps.started(hdfs.uri(), System.nanoTime() - start);
      try (FileAccessProvider provider =
          FileAccessProvider.builder()
              .localSandboxDir(directory.resolve("sandbox"))
              .rawOutputPrefix(hdfs.uri() + "/flyte/raw")
              .dataConfig(DataConfig.defaults())
              .hadoopConfiguration(clientConfiguration())
              .progress(progress)
              .build()) {
        return move(provider, tree, what);
      }
    }
  }

  private ExitCode move(FileAccessProvider provider, Path tree, String what) throws IOException {
    var put = provider.putRawData(RawData.path(tree));
    steps.moved("put", what, put);
    list(provider, put.uri());
    String copy = provider.getRandomRemoteDirectory();
    steps.moved("copy", put.uri(), provider.copy(put.uri(), copy, CopyOptions.defaults()));
    Path back = directory.resolve("back");
    steps.moved("get", copy, provider.getData(copy, back, BlobDimensionality.MULTIPART));
    long start = System.nanoTime();
    CopyComparison comparison = CopyComparison.of(tree, back);
    steps.compared(comparison, System.nanoTime() - start);
    return comparison.differences().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void list(FileAccessProvider provider, String uri) throws IOException {
    long start = System.nanoTime();
    long[] total = new long[2];
    try (Stream<ObjectStatus> entries = provider.list(uri, Depth.TREE)) {
      entries.forEach(
          entry -> {
            total[0]++;
            total[1] += entry.length();
          });
    }
    steps.listed(uri, total[0], total[1], System.nanoTime() - start);
  }

  private static Configuration clientConfiguration() {
    Configuration conf = new Configuration();
    conf.set("dfs.replication", "1");
    return conf;
  }

  private void requireSpace() throws IOException {
    long free = Files.getFileStore(directory).getUsableSpace();
    if (free < NEEDED_BYTES) {
      throw Problem.cannot("run quickstart below", directory)
          .because(
              "it needs "
                  + ByteSize.show(NEEDED_BYTES)
                  + " of free space and there are "
                  + ByteSize.show(free))
          .remedy("Name another directory: FLYTE_DATA_JAVA_OPTS=-Djava.io.tmpdir=DIRECTORY.")
          .argument();
    }
  }
}
