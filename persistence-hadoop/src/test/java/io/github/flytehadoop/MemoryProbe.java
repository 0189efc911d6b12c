/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;

/** Puts a directory, gets it back, and prints what memory that took: the main class of a JVM. */
final class MemoryProbe {
  private static final long MEBIBYTE = 1 << 20;

  private volatile long heap;
  private volatile long direct;

  private MemoryProbe() {}

  /** The directory to put, the URI to put it to, and the directory to get it to. */
  public static void main(String[] arguments) throws Exception {
    MemoryProbe probe = new MemoryProbe();
    Thread sampler = new Thread(probe::sample, "memory-sampler");
    sampler.setDaemon(true);
    sampler.start();
    Configuration conf = new Configuration();
    conf.set("dfs.replication", "1");
    try (FileAccessProvider provider =
        FileAccessProvider.builder()
            .localSandboxDir(Path.of(arguments[2]).resolveSibling("sandbox"))
            .rawOutputPrefix(arguments[1])
            .hadoopConfiguration(conf)
            .build()) {
      probe.print(
          "put",
          provider.putData(
              Path.of(arguments[0]), arguments[1] + "/tree", BlobDimensionality.MULTIPART));
      probe.print(
          "get",
          provider.getData(
              arguments[1] + "/tree", Path.of(arguments[2]), BlobDimensionality.MULTIPART));
    }
  }

  private void sample() {
    var memory = ManagementFactory.getMemoryMXBean();
    var pools = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class);
    while (true) {
      heap = Math.max(heap, memory.getHeapMemoryUsage().getUsed());
      long used = pools.stream().mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
      direct = Math.max(direct, used);
      try {
        Thread.sleep(10);
      } catch (InterruptedException end) {
        return;
      }
    }
  }

  private void print(String verb, TransferReport report) throws IOException {
    System.out.printf(
        "%s: %d files, %d MiB, %d ms; peak heap %d MiB of %d, direct %d MiB, resident %d MiB%n",
        verb,
        report.files(),
        report.bytes() / MEBIBYTE,
        report.elapsed().toMillis(),
        heap / MEBIBYTE,
        Runtime.getRuntime().maxMemory() / MEBIBYTE,
        direct / MEBIBYTE,
        residentKibibytes() / 1024);
    heap = 0;
    direct = 0;
  }

  private static long residentKibibytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(0);
  }
}
