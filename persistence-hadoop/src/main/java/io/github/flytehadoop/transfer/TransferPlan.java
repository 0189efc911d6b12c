/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Everything a transfer will do, before any of it is done.
 *
 * @param jobId names the run
 * @param items the files, largest first
 * @param emptyDirectories directories to make, because nothing below them would
 * @param metadata user metadata for every file
 * @param onExisting how a worker publishes: only {@code FAIL} refuses a file that is there
 */
public record TransferPlan(
    String jobId,
    List<TransferItem> items,
    List<String> emptyDirectories,
    Map<String, String> metadata,
    OnExisting onExisting) {
  /** Copies the collections. */
  public TransferPlan {
    Objects.requireNonNull(jobId, "jobId");
    items = List.copyOf(items);
    emptyDirectories = List.copyOf(emptyDirectories);
    metadata = Map.copyOf(metadata);
    Objects.requireNonNull(onExisting, "onExisting");
  }

  /** Bytes of all files whose length is known. */
  public long bytes() {
    return items.stream().mapToLong(item -> Math.max(0, item.lengthBytes())).sum();
  }
}
