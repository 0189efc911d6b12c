/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Stops what all tests of a JVM share, after the last of them and last started first: before the
 * JVM ends, whose shutdown hooks run at the same time as those of Hadoop, which wait for clusters
 * that are stopping, and forbid clusters to stop.
 *
 * <p>JUnit finds it by itself: {@code junit-platform.properties}.
 */
public final class AtEnd implements BeforeAllCallback {
  private static final Deque<Runnable> STOPS = new ArrayDeque<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(AtEnd::stopAll, "stop-shared"));
  }

  /** Runs a step once all tests have run. */
  public static void stop(Runnable step) {
    synchronized (STOPS) {
      STOPS.push(step);
    }
  }

  /** JUnit closes what its root keeps when the last test has run. */
  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .getOrComputeIfAbsent(AtEnd.class, key -> (AutoCloseable) AtEnd::stopAll);
  }

  private static void stopAll() {
    for (Runnable step = next(); step != null; step = next()) {
      step.run();
    }
  }

  private static @Nullable Runnable next() {
    synchronized (STOPS) {
      return STOPS.poll();
    }
  }
}
