/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import java.io.IOException;
import org.slf4j.LoggerFactory;

/**
 * Starts SLF4J in a program that has no provider of it: nothing is logged there, and nobody has to
 * be told so on standard error. Where there is a provider, or a mistake to be told, SLF4J starts as
 * always.
 */
final class SilentLogging {
  private static final String PROVIDERS = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";

  /** A binding for an SLF4J before 2.0, which it ignores with a warning. */
  private static final String OLD_BINDING = "org/slf4j/impl/StaticLoggerBinder.class";

  private static final String VERBOSITY = "slf4j.internal.verbosity";
  private static final String CHOSEN = "slf4j.provider";

  private SilentLogging() {}

  static void startWithoutProvider() {
    if (System.getProperty(VERBOSITY) == null
        && System.getProperty(CHOSEN) == null
        && isAbsent(PROVIDERS)
        && isAbsent(OLD_BINDING)) {
      // read once, when SLF4J starts
      System.setProperty(VERBOSITY, "ERROR");
      try {
        LoggerFactory.getILoggerFactory();
      } finally {
        System.clearProperty(VERBOSITY);
      }
    }
  }

  private static boolean isAbsent(String resource) {
    ClassLoader loader = LoggerFactory.class.getClassLoader();
    try {
      return loader != null && !loader.getResources(resource).hasMoreElements();
    } catch (IOException unknown) {
      return false;
    }
  }
}
