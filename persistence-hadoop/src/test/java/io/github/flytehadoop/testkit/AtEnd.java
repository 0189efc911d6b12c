/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Stops what all tests of a JVM share, after the last of them and last started first: before the
 * JVM ends, whose shutdown hooks run at the same time as those of Hadoop, which wait for clusters
 * that are stopping, and forbid clusters to stop.
 *
 * <p>JUnit finds it as a service. What its root context keeps would end too early: with several
 * JVMs of tests, Surefire asks JUnit for one class at a time.
 */
public final class AtEnd implements LauncherSessionListener {
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

  /** Stops all; Surefire ends its session with its last class. */
  @Override
  public void launcherSessionClosed(LauncherSession session) {
    stopAll();
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
