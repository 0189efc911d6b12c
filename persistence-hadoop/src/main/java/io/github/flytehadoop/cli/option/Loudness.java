/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.option;

import java.util.logging.Level;
import java.util.logging.Logger;

/** How much is logged: by this library, and by what it uses. */
public enum Loudness {
  /** Errors. */
  QUIET("error", "error", Level.SEVERE),
  /** What a user should act on. */
  NORMAL("warn", "error", Level.SEVERE),
  /** The start and end of each transfer, too; stack traces of failures. */
  VERBOSE("info", "warn", Level.WARNING),
  /** Every file. */
  DEBUG("debug", "info", Level.INFO);

  /** The one library that speaks to the JDK's logging; held, for that forgets levels otherwise. */
  private static final Logger GOOGLE = Logger.getLogger("com.google.cloud.hadoop");

  private final String ours;
  private final String others;
  private final Level google;

  Loudness(String ours, String others, Level google) {
    this.ours = ours;
    this.others = others;
    this.google = google;
  }

  /**
   * Sets what {@code conf/log4j2.properties} looks up; of no effect once something has been logged.
   */
  public void apply() {
    System.setProperty("flyte.log.level", ours);
    System.setProperty("flyte.log.root.level", others);
    GOOGLE.setLevel(google);
  }
}
