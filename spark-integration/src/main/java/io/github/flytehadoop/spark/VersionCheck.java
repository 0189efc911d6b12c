/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.error.Problem;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.util.VersionInfo;
import org.apache.spark.internal.io.FileCommitProtocol;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hadoop's connectors work with the Hadoop of their own version alone, and this library with Hadoop
 * 3.4 and later. What happens otherwise is a {@code NoSuchMethodError} in the first task, which
 * names neither.
 */
final class VersionCheck {
  private static final Logger LOG = LoggerFactory.getLogger(VersionCheck.class);
  private static final Pattern JAR =
      Pattern.compile("(hadoop-(?:aws|azure))-(\\d+\\.\\d+[^/]*)\\.jar");
  private static final Pattern MINOR = Pattern.compile("(\\d+)\\.(\\d+)(?:[.-].*)?");
  private static final int FIRST_MINOR = 4;
  private static final String SCALA = "2.13";
  private static final String OWN_HADOOP = "3.5";

  /** Of the jar that holds this library and the connectors. */
  private static final String ATTRIBUTE = "Hadoop-Connectors";

  private static final Map<String, String> CONNECTORS = new LinkedHashMap<>();

  static {
    CONNECTORS.put("hadoop-aws", "org.apache.hadoop.fs.s3a.S3AFileSystem");
    CONNECTORS.put("hadoop-azure", "org.apache.hadoop.fs.azurebfs.AzureBlobFileSystem");
  }

  private VersionCheck() {}

  /**
   * Checks the Scala that Spark runs on and the connectors that are on the class path.
   *
   * @param policy {@code warn}, or anything else to fail
   */
  static void run(String policy) {
    List<String> problems = new ArrayList<>();
    add(problems, scalaProblem(scala.util.Properties.versionNumberString()));
    requireOverrides(FlyteCommitProtocol.class);
    String hadoop = VersionInfo.getVersion();
    add(problems, hadoopProblem(hadoop));
    CONNECTORS.forEach(
        (connector, className) ->
            add(problems, problem(connector, versionOf(connector, className), hadoop)));
    if (!problems.isEmpty() && !policy.equals("warn")) {
      throw new IllegalStateException(problems.get(0));
    }
    problems.forEach(LOG::warn);
    if (!minor(hadoop).equals(OWN_HADOOP)) {
      LOG.warn(
          "Hadoop {} is not the {} that this library is built on: Spark's readers and writers work,"
              + " FlyteSpark.provider and distributed copies do not work with S3 and Azure. See"
              + " docs/compatibility.md.",
          hadoop,
          OWN_HADOOP);
    }
  }

  /**
   * Fails when Spark would commit jobs without us: the parameters of {@code commitJob} are other
   * types on another Scala, and an overwrite would keep the old rows without a word. No policy lets
   * such a session start.
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

  private static void add(List<String> problems, @Nullable String problem) {
    if (problem != null) {
      problems.add(problem);
    }
  }

  static @Nullable String scalaProblem(String scala) {
    return scala.startsWith(SCALA + ".")
        ? null
        : "Cannot start Spark on Scala "
            + scala
            + ": this is spark-integration_"
            + SCALA
            + ". Take a Spark that is built for Scala "
            + SCALA
            + ".";
  }

  /** What is wrong with a connector on a Hadoop, or {@code null}. */
  static @Nullable String problem(String connector, @Nullable String version, String hadoop) {
    if (version == null) {
      return null;
    }
    String otherwise = ", or set " + SparkKeys.VERSION_CHECK + "=warn to start all the same. ";
    if (!minor(version).equals(minor(hadoop))) {
      return "Cannot start Spark with %s %s: its Hadoop is %s, and the two must be of one version."
              .formatted(connector, version, hadoop)
          + " Add --exclude-packages org.apache.hadoop:hadoop-aws,org.apache.hadoop:hadoop-azure and"
          + " --jars with hadoop-aws-%1$s.jar and hadoop-azure-%1$s.jar".formatted(hadoop)
          + otherwise
          + "See docs/compatibility.md.";
    }
    return null;
  }

  /** What is wrong with the Hadoop of a cluster, or {@code null}. */
  static @Nullable String hadoopProblem(String hadoop) {
    Matcher matcher = MINOR.matcher(hadoop);
    boolean old =
        matcher.matches()
            && matcher.group(1).equals("3")
            && Integer.parseInt(matcher.group(2)) < FIRST_MINOR;
    return old
        ? "Cannot start Spark on Hadoop "
            + hadoop
            + ": it lacks committers and calls that this library needs, and its S3A is built on"
            + " another AWS SDK. Use Spark 4.0 or later, which brings Hadoop 3.4.1 or later, or set "
            + SparkKeys.VERSION_CHECK
            + "=warn to start all the same. See docs/compatibility.md."
        : null;
  }

  private static String minor(String version) {
    Matcher matcher = MINOR.matcher(version);
    return matcher.matches() ? matcher.group(1) + "." + matcher.group(2) : version;
  }

  private static @Nullable String versionOf(String connector, String className) {
    try {
      ClassLoader loader = VersionCheck.class.getClassLoader();
      CodeSource source =
          Class.forName(className, false, loader).getProtectionDomain().getCodeSource();
      return source == null ? null : versionIn(connector, Path.of(source.getLocation().toURI()));
    } catch (ClassNotFoundException | LinkageError notThere) {
      return null;
    } catch (java.net.URISyntaxException | IllegalArgumentException unusual) {
      LOG.debug("where {} comes from is not known", connector, unusual);
      return null;
    }
  }

  /** Of a connector in a jar: by the jar's name, or by what its manifest says. */
  static @Nullable String versionIn(String connector, Path jar) {
    Matcher matcher = JAR.matcher(String.valueOf(jar.getFileName()));
    if (matcher.find() && matcher.group(1).equals(connector)) {
      return matcher.group(2);
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      return manifest == null ? null : manifest.getMainAttributes().getValue(ATTRIBUTE);
    } catch (IOException noJar) {
      LOG.debug("the version of {} is not known", connector, noJar);
      return null;
    }
  }
}
