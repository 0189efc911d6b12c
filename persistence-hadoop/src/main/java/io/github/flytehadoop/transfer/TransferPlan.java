/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.store.Temporary;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Everything a transfer will do, before any of it is done.
 *
 * @param jobId names the run
 * @param items the files, largest first; as many as there are, in bounded memory
 * @param emptyDirectories directories to make, because nothing below them would
 * @param metadata user metadata for every file
 * @param onExisting how a worker publishes: only {@code FAIL} refuses a file that is there
 */
public record TransferPlan(
    String jobId,
    TransferItems items,
    Iterable<String> emptyDirectories,
    Map<String, String> metadata,
    OnExisting onExisting) {
  /** Copies the metadata. */
  public TransferPlan {
    Objects.requireNonNull(jobId, "jobId");
    Objects.requireNonNull(items, "items");
    Objects.requireNonNull(emptyDirectories, "emptyDirectories");
    metadata = Map.copyOf(metadata);
    Objects.requireNonNull(onExisting, "onExisting");
  }

  /** A plan of a few files. */
  public TransferPlan(
      String jobId,
      List<TransferItem> items,
      List<String> emptyDirectories,
      Map<String, String> metadata,
      OnExisting onExisting) {
    this(jobId, TransferItems.of(items), List.copyOf(emptyDirectories), metadata, onExisting);
  }

  /** What the temporary names of this run have in common. */
  public String tag() {
    return Temporary.tagOf(jobId, items.roots());
  }

  /** Bytes of all files whose length is known. */
  public long bytes() {
    return items.bytes();
  }
}
