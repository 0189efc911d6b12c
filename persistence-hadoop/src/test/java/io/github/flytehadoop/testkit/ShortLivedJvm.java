/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.util.List;

/**
 * How a JVM of a test is started that lives for seconds, most of which go into loading classes: by
 * the first compiler, and without verifying what javac wrote a minute ago. What was packaged, and
 * with other names in its classes, is verified.
 */
public final class ShortLivedJvm {
  /** As words of a command. */
  public static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:-BytecodeVerificationRemote");

  /** As one value of a configuration. */
  public static final String TEXT = String.join(" ", OPTIONS);

  private ShortLivedJvm() {}
}
