/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import java.security.CodeSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.util.VersionInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hadoop's connectors work with the Hadoop of their own version alone. What happens otherwise is a
 * {@code NoSuchMethodError} in the first task, which names neither.
 */
final class VersionCheck {
  private static final Logger LOG = LoggerFactory.getLogger(VersionCheck.class);
  private static final Pattern JAR =
      Pattern.compile("(hadoop-(?:aws|azure))-(\\d+\\.\\d+)(\\.\\d+[^/]*)?\\.jar");

  private VersionCheck() {}

  /**
   * Checks the connectors that are on the class path.
   *
   * @param policy {@code warn}, or anything else to fail
   */
  static void run(String policy) {
    String hadoop = VersionInfo.getVersion();
    for (String connector :
        new String[] {
          "org.apache.hadoop.fs.s3a.S3AFileSystem",
          "org.apache.hadoop.fs.azurebfs.AzureBlobFileSystem"
        }) {
      String problem = problem(jarOf(connector), hadoop);
      if (problem != null && policy.equals("warn")) {
        LOG.warn("{}", problem);
      } else if (problem != null) {
        throw new IllegalStateException(problem);
      }
    }
  }

  /** What is wrong with a jar for a Hadoop, or {@code null}. */
  static @Nullable String problem(@Nullable String jar, String hadoop) {
    Matcher matcher = jar == null ? null : JAR.matcher(jar);
    if (matcher == null || !matcher.find() || hadoop.startsWith(matcher.group(2) + ".")) {
      return null;
    }
    String version = matcher.group(2) + (matcher.group(3) == null ? "" : matcher.group(3));
    return "Cannot start Spark with "
        + matcher.group(1)
        + " "
        + version
        + ": it does not match hadoop-common "
        + hadoop
        + ". Put "
        + matcher.group(1)
        + " "
        + hadoop
        + " on the class path, or set "
        + SparkKeys.VERSION_CHECK
        + "=warn to try all the same.";
  }

  private static @Nullable String jarOf(String className) {
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      Class<?> type = Class.forName(className, false, loader);
      CodeSource source = type.getProtectionDomain().getCodeSource();
      return source == null ? null : source.getLocation().getPath();
    } catch (ClassNotFoundException notThere) {
      return null;
    }
  }
}
