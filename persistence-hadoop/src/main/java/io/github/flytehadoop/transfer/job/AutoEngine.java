/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.job;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.TransferEngine;
import io.github.flytehadoop.transfer.TransferPlan;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This JVM for small plans, the first cluster that is there for large ones. What a cluster needs to
 * start is spent in this JVM on about a minute of copying: a plan is large from {@link
 * #LARGE_BYTES} or {@link #LARGE_FILES} on. Local paths are nowhere else, so they stay here. One
 * for each copy.
 */
final class AutoEngine implements TransferEngine {
  static final long LARGE_BYTES = 16L << 30;
  static final long LARGE_FILES = 20_000;

  private static final Logger LOG = LoggerFactory.getLogger(AutoEngine.class);

  private final TransferEngine local;
  private final List<TransferEngine> clusters;
  private final long largeBytes;
  private final long largeFiles;
  private volatile Engine picked = Engine.LOCAL;

  AutoEngine(TransferEngine local, List<TransferEngine> clusters) {
    this(local, clusters, LARGE_BYTES, LARGE_FILES);
  }

  AutoEngine(
      TransferEngine local, List<TransferEngine> clusters, long largeBytes, long largeFiles) {
    this.local = local;
    this.clusters = List.copyOf(clusters);
    this.largeBytes = largeBytes;
    this.largeFiles = largeFiles;
  }

  /** The one that ran; this JVM before. */
  @Override
  public Engine kind() {
    return picked;
  }

  @Override
  public Collection<Receipt> run(TransferPlan plan, EngineContext context) throws IOException {
    TransferEngine engine = local;
    if (isLarge(plan) && isElsewhere(plan.items().roots())) {
      engine = clusters.stream().filter(TransferEngine::isAvailable).findFirst().orElse(local);
    }
    picked = engine.kind();
    LOG.debug("{} runs on {}", plan.jobId(), picked);
    return engine.run(plan, context);
  }

  /** Nobody knows which of them ran. */
  @Override
  public void recover(String jobId, List<String> roots, EngineContext context) throws IOException {
    if (isElsewhere(roots)) {
      for (TransferEngine cluster : clusters) {
        if (cluster.isAvailable()) {
          cluster.recover(jobId, roots, context);
        }
      }
    }
  }

  private boolean isLarge(TransferPlan plan) {
    return plan.bytes() >= largeBytes || plan.items().size() >= largeFiles;
  }

  private static boolean isElsewhere(List<String> roots) {
    return roots.stream().noneMatch(root -> Location.parse(root).isLocal());
  }
}
