/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import com.sun.management.OperatingSystemMXBean;
import io.github.flytehadoop.transfer.Cancellation;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.DeleteExtra;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.ProgressListener;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.TransferEngine;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferPlan;
import io.github.flytehadoop.transfer.TransferReport;
import io.github.flytehadoop.transfer.Verification;
import io.github.flytehadoop.transfer.cluster.BinPacking;
import io.github.flytehadoop.transfer.job.Copies;
import io.github.flytehadoop.transfer.receipt.Receipts;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Plans, merges, packs and verifies a synchronisation of simulated trees, and prints what that
 * took: the main class of a JVM. The argument is the number of files of the source.
 */
final class PlanProbe {
  private static final long MEBIBYTE = 1 << 20;
  private static final int WORKERS = 1000;

  private volatile long live;
  private volatile long used;

  private PlanProbe() {}

  /** An engine that packs and counts. */
  private static final class Counting implements TransferEngine {
    long bins;

    @Override
    public Engine kind() {
      return Engine.LOCAL;
    }

    @Override
    public Collection<Receipt> run(TransferPlan plan, EngineContext context) {
      Receipts receipts = new Receipts();
      for (List<TransferItem> bin : BinPacking.stream(plan, context, WORKERS)) {
        bins++;
        for (TransferItem item : bin) {
          receipts.add(
              new Receipt(item.id(), item.lengthBytes(), Verification.CHECKSUM, 1, null, null));
        }
      }
      return receipts;
    }
  }

  /**
   * Prints {@code entries copied skipped deleted bins cpuNanosPerFile liveMebibytes usedMebibytes}.
   */
  public static void main(String[] arguments) throws Exception {
    PlanProbe probe = new PlanProbe();
    Thread sampler = new Thread(probe::sample, "memory-sampler");
    sampler.setDaemon(true);
    sampler.start();
    probe.run(Long.parseLong(arguments[0]));
  }

  private void run(long files) throws Exception {
    SimulatedTrees trees = new SimulatedTrees(files);
    Counting engine = new Counting();
    EngineContext context =
        new EngineContext(
            trees, TransferLimits.defaults(), new ProgressListener() {}, new Cancellation());
    CopyOptions options =
        CopyOptions.defaults()
            .withOnExisting(OnExisting.SKIP_IDENTICAL)
            .withDeleteExtra(DeleteExtra.upTo(files));
    long start = cpuNanos();
    TransferReport report =
        new Copies(engine, context, Map.of())
            .copy(SimulatedTrees.SOURCE, SimulatedTrees.TARGET, options);
    long nanos = cpuNanos() - start;
    System.out.printf(
        "%d %d %d %d %d %d %d %d%n",
        files,
        report.files(),
        report.skipped(),
        trees.deleted,
        engine.bins,
        nanos / files,
        live / MEBIBYTE,
        used / MEBIBYTE);
  }

  /** Of all threads: other processes on the machine do not count. */
  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /** What survives collections, and what is used at the most. */
  private void sample() {
    List<MemoryPoolMXBean> pools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    while (true) {
      long after = 0;
      for (MemoryPoolMXBean pool : pools) {
        MemoryUsage left = pool.getCollectionUsage();
        after += left == null ? 0 : left.getUsed();
      }
      live = Math.max(live, after);
      used = Math.max(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
      try {
        Thread.sleep(20);
      } catch (InterruptedException end) {
        return;
      }
    }
  }
}
