/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.option;

import io.github.flytehadoop.transfer.CompareBy;
import picocli.CommandLine.Option;

/** What makes two files the same. */
public final class ComparingOptions {
  @Option(
      names = "--checksum",
      description =
          "With --skip-identical: prove it, by digests or, where there are none, by reading both.")
  private boolean checksum;

  @Option(names = "--size-only", description = "With --skip-identical: go by lengths alone.")
  private boolean sizeOnly;

  /** Nothing is asked for yet. */
  public ComparingOptions() {}

  /** Whether anything is asked for. */
  public boolean isAsked() {
    return checksum || sizeOnly;
  }

  /** The choice. */
  public CompareBy compareBy() {
    if (checksum) {
      return CompareBy.CONTENT;
    }
    return sizeOnly ? CompareBy.LENGTHS : CompareBy.DIGESTS;
  }
}
