/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.option;

/** How much is logged: by this library, and by what it uses. */
public enum Verbosity {
  /** Errors. */
  QUIET("error", "error"),
  /** What a user should act on. */
  NORMAL("warn", "error"),
  /** The start and end of each transfer, too; stack traces of failures. */
  VERBOSE("info", "warn"),
  /** Every file. */
  DEBUG("debug", "info");

  private final String ours;
  private final String others;

  Verbosity(String ours, String others) {
    this.ours = ours;
    this.others = others;
  }

  /**
   * Sets what {@code conf/log4j2.properties} looks up; of no effect once something has been logged.
   */
  public void apply() {
    System.setProperty("flyte.log.level", ours);
    System.setProperty("flyte.log.root.level", others);
  }
}
