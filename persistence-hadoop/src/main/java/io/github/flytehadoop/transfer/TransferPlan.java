/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.store.ReservedNames;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Everything a transfer will do, before any of it is done.
 *
 * @param jobId names the run
 * @param items the files, largest first; as many as there are, in bounded memory
 * @param emptyDirectories directories to make, because nothing below them would
 * @param metadata user metadata for every file
 * @param onExisting how a worker publishes: only {@code FAIL} refuses a file that is there
 * @param preserve what is kept of a file besides its bytes
 */
public record TransferPlan(
    String jobId,
    TransferItems items,
    Iterable<String> emptyDirectories,
    Map<String, String> metadata,
    OnExisting onExisting,
    Set<Preserve> preserve) {
  /** Copies the metadata. */
  public TransferPlan {
    Objects.requireNonNull(jobId, "jobId");
    Objects.requireNonNull(items, "items");
    Objects.requireNonNull(emptyDirectories, "emptyDirectories");
    metadata = Map.copyOf(metadata);
    Objects.requireNonNull(onExisting, "onExisting");
    preserve = Set.copyOf(preserve);
  }

  /** A plan that keeps nothing besides bytes. */
  public TransferPlan(
      String jobId,
      TransferItems items,
      Iterable<String> emptyDirectories,
      Map<String, String> metadata,
      OnExisting onExisting) {
    this(jobId, items, emptyDirectories, metadata, onExisting, Set.of());
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

  /** The same for other files, and no directories. */
  public TransferPlan of(TransferItems others) {
    return new TransferPlan(jobId, others, List.of(), metadata, onExisting, preserve);
  }

  /** The same with the files in other pieces. */
  public TransferPlan in(TransferItems pieces) {
    return new TransferPlan(jobId, pieces, emptyDirectories, metadata, onExisting, preserve);
  }

  /** What the temporary names of this run have in common; a journal keeps no signature either. */
  public String tag() {
    return ReservedNames.tagOf(jobId, items.roots().stream().map(Printable::fingerprint).toList());
  }

  /** Bytes of all files whose length is known. */
  public long bytes() {
    return items.bytes();
  }
}
