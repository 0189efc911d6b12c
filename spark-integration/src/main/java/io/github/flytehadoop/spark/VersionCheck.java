/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.util.VersionInfo;
import org.apache.spark.internal.io.FileCommitProtocol;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses to start where something would fail later, or do the wrong thing without a word: another
 * Scala, a Hadoop that is too old, connectors of another Hadoop. What happens otherwise is a {@code
 * NoSuchMethodError} in the first task, which names none of them.
 */
final class VersionCheck {
  private static final Logger LOG = LoggerFactory.getLogger(VersionCheck.class);
  private static final Pattern VERSION =
      Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?(?:[.-].*)?");

  /** Which Scala this is compiled for: a file of the module. */
  private static final String SCALA = scalaOfThisBuild();

  private VersionCheck() {}

  /** Checks the Scala that Spark runs on, its Hadoop, and the connectors on the class path. */
  static void run() {
    require(scalaProblem(scala.util.Properties.versionNumberString()));
    requireOverrides(FlyteCommitProtocol.class);
    String hadoop = VersionInfo.getVersion();
    if (!VERSION.matcher(hadoop).matches()) {
      LOG.warn("The version of Hadoop, {}, is not known: it may be too old", hadoop);
    }
    require(hadoopProblem(hadoop));
    for (Connector connector : Connector.values()) {
      for (Connector.Found found : connector.found(VersionCheck.class.getClassLoader())) {
        require(problem(connector, found, hadoop));
      }
    }
    if (!DirectCommitters.hasManifests()) {
      LOG.info(
          "Hadoop {} has no committer of manifests: jobs that write to GCS and Azure are staged in"
              + " a directory of the job, and their files are renamed when it commits",
          hadoop);
    }
  }

  private static void require(@Nullable IllegalStateException problem) {
    if (problem != null) {
      throw problem;
    }
  }

  private static String scalaOfThisBuild() {
    try (InputStream file = VersionCheck.class.getResourceAsStream("scala-binary")) {
      byte[] content = Objects.requireNonNull(file, "scala-binary").readAllBytes();
      return new String(content, StandardCharsets.UTF_8).strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * Fails when Spark would commit jobs without us: the parameters of {@code commitJob} are other
   * types on another Scala, and an overwrite would keep the old rows without a word.
   */
  static void requireOverrides(Class<?> protocol) {
    for (Method method : FileCommitProtocol.class.getMethods()) {
      if (method.getName().equals("commitJob")) {
        try {
          Method mine = protocol.getMethod(method.getName(), method.getParameterTypes());
          if (mine.getDeclaringClass() == protocol) {
            continue;
          }
        } catch (NoSuchMethodException impossible) {
          LOG.debug("{} is not inherited", method, impossible);
        }
        throw Problem.cannot("commit jobs of this Spark")
            .because("its commit protocol calls " + method + ", which is not ours")
            .remedy("Take the spark-integration that is built for its Scala.")
            .state();
      }
    }
  }

  static @Nullable IllegalStateException scalaProblem(String scala) {
    if (scala.startsWith(SCALA + ".")) {
      return null;
    }
    String other = scala.replaceFirst("^(\\d+\\.\\d+).*", "$1");
    return Problem.cannot("start Spark on Scala", scala)
        .because("this is spark-integration_" + SCALA)
        .remedy("Take spark-integration_" + other + ".")
        .state();
  }

  /** What is wrong with the Hadoop of a cluster, or {@code null}. */
  static @Nullable IllegalStateException hadoopProblem(String hadoop) {
    Matcher version = VERSION.matcher(hadoop);
    // 3.3.2 is the first that tells the version of a file
    boolean old =
        version.matches()
            && (number(version, 1) * 100 + number(version, 2)) * 100 + number(version, 3) < 30302;
    return old
        ? Problem.cannot("start Spark on Hadoop", hadoop)
            .because("it lacks calls that this library needs")
            .remedy(
                "Use Spark 3.4 or later, which brings Hadoop 3.3.4 or later. See"
                    + " docs/compatibility.md.")
            .state()
        : null;
  }

  private static int number(Matcher version, int group) {
    String digits = version.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  /** What is wrong with a connector on a Hadoop, or {@code null}. */
  static @Nullable IllegalStateException problem(
      Connector connector, Connector.Found found, String hadoop) {
    if (minor(found.version()).equals(minor(hadoop))) {
      return null;
    }
    return Problem.cannot("start Spark with", connector.artifact())
        .also(found.version())
        .because("its Hadoop is " + hadoop + ", and the two must be of one version")
        .remedy(remedy(connector, found, hadoop) + " See docs/compatibility.md.")
        .state();
  }

  private static String remedy(Connector connector, Connector.Found found, String hadoop) {
    if (found.isAlone()) {
      return "Take %1$s-%2$s.jar instead: with --packages, add --exclude-packages org.apache.hadoop:hadoop-aws,org.apache.hadoop:hadoop-azure and --jars with hadoop-aws-%2$s.jar and hadoop-azure-%2$s.jar."
          .formatted(connector.artifact(), hadoop);
    }
    return "Put hadoop-client-api-%1$s.jar and hadoop-client-runtime-%1$s.jar first on the class path, with spark.driver.extraClassPath and spark.executor.extraClassPath."
        .formatted(found.version());
  }

  private static String minor(String version) {
    Matcher matcher = VERSION.matcher(version);
    return matcher.matches() ? matcher.group(1) + "." + matcher.group(2) : version;
  }
}
