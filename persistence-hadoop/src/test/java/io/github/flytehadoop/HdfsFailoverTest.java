/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.testkit.HaHdfs;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.transfer.ProgressListener;
import io.github.flytehadoop.transfer.TransferLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A name node fails over and a data node dies while 500 MB are on their way. */
@RequireStores("hdfs")
@Rule("F55")
@Tag("slow")
class HdfsFailoverTest {
  private static final int MEGABYTES = 500;
  private static final long SLOW_ENOUGH_BYTES_PER_SECOND = 60L << 20;

  private static HaHdfs hdfs;
  private static Path directory;
  private static Path source;

  @BeforeAll
  static void start() throws IOException {
    hdfs = HaHdfs.start(3);
    directory = TestDirectories.create("failover");
    source = directory.resolve("source");
    byte[] block = new byte[1_000_000];
    Random random = new Random(7);
    try (OutputStream out = Files.newOutputStream(source)) {
      for (int written = 0; written < MEGABYTES; written++) {
        random.nextBytes(block);
        out.write(block);
      }
    }
  }

  @AfterAll
  static void stop() throws IOException {
    hdfs.close();
    TestDirectories.delete(directory);
  }

  /** Does two things once so many bytes have arrived, in the thread that hears of them. */
  private static final class Accidents implements ProgressListener {
    private final Step first;
    private final Step second;
    private long bytes;
    private int happened;
    private boolean finished;
    final AtomicReference<Throwable> failure = new AtomicReference<>();

    interface Step {
      void run() throws IOException;
    }

    Accidents(Step first, Step second) {
      this.first = first;
      this.second = second;
    }

    @Override
    public synchronized void advanced(long more) {
      bytes += more;
      if (happened == 0 && bytes > 120L << 20) {
        happen(first);
      } else if (happened == 1 && bytes > 260L << 20) {
        happen(second);
      }
    }

    private void happen(Step step) {
      try {
        step.run();
        happened += finished ? 0 : 1;
      } catch (IOException broken) {
        failure.set(broken);
        throw new UncheckedIOException(broken);
      }
    }

    @Override
    public synchronized void finished(String path, long size) {
      finished = true;
    }

    void assertHappened() {
      assertThat(failure.get()).isNull();
      assertThat(happened).as("accidents before the end").isEqualTo(2);
    }
  }

  private static FileAccessProvider provider(ProgressListener listener) throws IOException {
    return FileAccessProvider.builder()
        .localSandboxDir(directory.resolve("sandbox"))
        .rawOutputPrefix("hdfs://ns1/raw")
        .dataConfig(DataConfig.defaults())
        .hadoopConfiguration(hdfs.configuration())
        .transferLimits(
            TransferLimits.defaults().withBandwidthBytesPerSecond(SLOW_ENOUGH_BYTES_PER_SECOND))
        .progress(listener)
        .build();
  }

  @Test
  void bothAreSurvivedByAPutAndByAGet() throws IOException, InterruptedException {
    String uri = "hdfs://ns1/raw/file";
    var killed = new AtomicReference<org.apache.hadoop.hdfs.MiniDFSCluster.DataNodeProperties>();
    Accidents during = new Accidents(hdfs::failOver, () -> killed.set(hdfs.kill(0)));
    try (FileAccessProvider provider = provider(during)) {
      provider.putData(source, uri);
    }
    during.assertHappened();
    hdfs.restart(killed.get());
    hdfs.awaitReplicas(uri); // else the next to be killed may be the only one that has a block

    Accidents later = new Accidents(() -> killed.set(hdfs.kill(1)), hdfs::failOver);
    Path copy = directory.resolve("copy");
    try (FileAccessProvider provider = provider(later)) {
      provider.getData(uri, copy);
    }
    later.assertHappened();
    assertThat(Files.mismatch(source, copy)).isEqualTo(-1);
  }
}
