/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs the command line's tests on the script that {@link Launched} names, in this JVM. */
public final class DistributionSuite {
  /** In two halves, each for a JVM of its own. */
  static final List<List<Class<?>>> HALVES =
      List.of(
          List.of(EveryVerbTest.class, UsageTest.class),
          List.of(VerbsTest.class, CheckAndPlanTest.class));

  private DistributionSuite() {}

  /** Runs a half, which its number names; ends with 0 when all its tests have passed. */
  public static void main(String[] number) {
    List<Class<?>> tests = HALVES.get(Integer.parseInt(number[0]));
    Path home = Path.of(System.getProperty(Launched.PROPERTY)).getParent().getParent();
    System.out.println(
        "run by "
            + System.getProperty("user.name")
            + ", writable: "
            + Files.isWritable(home)
            + ", Java of "
            + System.getProperty(Launched.JAVA_PROPERTY));
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(tests.stream().map(DiscoverySelectors::selectClass).toList())
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    listener.getSummary().printTo(out);
    listener.getSummary().printFailuresTo(out, 12);
    System.exit(listener.getSummary().getTotalFailureCount() == 0 ? 0 : 1);
  }
}
