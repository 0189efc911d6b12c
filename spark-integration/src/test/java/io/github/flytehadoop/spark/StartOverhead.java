/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.testkit.TestSecrets;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;

/**
 * A benchmark, not a test: how long sessions take to start without the plugin and with it. Without
 * an argument, pairs share one warm JVM. With {@code plain} or {@code plugin}, it is the first
 * session of the JVM, as in an application: run each a few times and compare.
 */
public final class StartOverhead {
  private static final int PAIRS = 5;

  private StartOverhead() {}

  /** Prints the milliseconds of each pair, and what the plugin adds. */
  public static void main(String[] arguments) throws IOException {
    // no store listens there: a start that asked one would fail or take long
    URI nowhere = URI.create("http://127.0.0.1:9");
    FlyteFile file = FlyteFile.of(nowhere, TestSecrets.S3_ACCESS_KEY, TestSecrets.S3_SECRET_KEY);
    if (arguments.length > 0) {
      boolean plugin = arguments[0].equals("plugin");
      SparkSession.Builder builder = SparkSessions.local();
      long cold = startAndStop(plugin ? SparkSessions.withPlugin(builder, file) : builder);
      System.out.printf(Locale.ROOT, "cold %s %d ms%n", arguments[0], cold);
      return;
    }
    startAndStop(SparkSessions.local());
    for (int pair = 0; pair < PAIRS; pair++) {
      long plain = startAndStop(SparkSessions.local());
      long plugin = startAndStop(SparkSessions.withPlugin(SparkSessions.local(), file));
      System.out.printf(
          Locale.ROOT,
          "plain %d ms, with the plugin %d ms, adds %d ms, ratio %.2f%n",
          plain,
          plugin,
          plugin - plain,
          (double) plugin / plain);
    }
  }

  private static long startAndStop(SparkSession.Builder builder) {
    long before = System.nanoTime();
    SparkSession session = builder.getOrCreate();
    long taken = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
    session.stop();
    SparkSession.clearActiveSession();
    SparkSession.clearDefaultSession();
    return taken;
  }
}
