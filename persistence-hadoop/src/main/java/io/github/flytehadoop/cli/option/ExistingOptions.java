/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.option;

import io.github.flytehadoop.transfer.OnExisting;
import picocli.CommandLine.Option;

/** What a copy does with files that the target has. */
public final class ExistingOptions {
  @Option(names = "--overwrite", description = "Replace files that the target has.")
  private boolean overwrite;

  @Option(
      names = "--skip-identical",
      description =
          "Leave files that are the same: by digests where both stores keep them, else by length"
              + " and time. Replace the others.")
  private boolean skipIdentical;

  /** Nothing is asked for yet. */
  public ExistingOptions() {}

  /** The choice; what exists is an error unless something was chosen. */
  public OnExisting onExisting() {
    if (overwrite) {
      return OnExisting.OVERWRITE;
    }
    return skipIdentical ? OnExisting.SKIP_IDENTICAL : OnExisting.FAIL;
  }
}
