/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.smoke;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/**
 * What users do with the plugin, on the roots that its arguments name: one line for each check that
 * held or failed. It knows nothing of tests, and runs on every Spark that is looked at.
 *
 * <p>At its end it waits for a line on standard input, so that its web pages can be read.
 */
public final class SmokeApplication {
  private SmokeApplication() {}

  /** Runs every check on every root; exits with 1 when one has failed. */
  public static void main(String[] roots) throws IOException {
    SparkSession spark = SparkSession.builder().appName("smoke").getOrCreate();
    boolean allHeld = true;
    for (SmokeCheck check : SmokeCheck.values()) {
      for (String root : roots) {
        allHeld &= run(check, spark, root);
      }
    }
    System.out.println("UI " + spark.sparkContext().uiWebUrl().get());
    System.in.read();
    spark.stop();
    if (!allHeld) {
      System.exit(1);
    }
  }

  private static boolean run(SmokeCheck check, SparkSession spark, String root) {
    String what = check + " " + root.substring(0, root.indexOf(':'));
    try {
      check.run(spark, root);
      System.out.println("OK " + what);
      return true;
    } catch (Exception | LinkageError failure) {
      failure.printStackTrace();
      System.out.println("FAILED " + what + ": " + firstLine(failure));
      return false;
    }
  }

  private static String firstLine(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString().lines().findFirst().orElse("");
  }
}
