/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.resume;

import io.github.flytehadoop.concurrent.DaemonThreads;
import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.ReceiptListener;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.plan.PathOrder;
import io.github.flytehadoop.transfer.spill.PackedReader;
import io.github.flytehadoop.transfer.spill.PackedWriter;
import io.github.flytehadoop.transfer.spill.Sorter;
import io.github.flytehadoop.transfer.spill.SpillSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a named run got: a first file that says which run it is, and one more for each batch of
 * files that were published. A run of the same name goes on from there. A journal is never worth
 * more than the files: one that cannot be written slows the next run down and harms nothing.
 */
final class Journal implements ReceiptListener {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  /** A request for so many files, or for so much time. */
  private static final int BATCH = 500;

  /** A crash loses no more than that, however seldom receipts come. */
  private static final Executor SOON =
      CompletableFuture.delayedExecutor(
          2,
          TimeUnit.SECONDS,
          write -> DaemonThreads.named("flyte-journal").newThread(write).start());

  /** What has to be the same for a run to go on. */
  record Run(String source, String target, String rules) {}

  private final JournalPlace place;
  private final String jobId;
  private final String targetPrefix;
  private final Sorter<JournalEntry> earlier;
  private final PackedWriter batch = new PackedWriter();
  private @Nullable Instant since;
  private int files;
  private int batched;
  private int damaged;

  private Journal(JournalPlace place, String jobId, String targetPrefix, SpillSpace space) {
    this.place = place;
    this.jobId = jobId;
    this.targetPrefix = targetPrefix;
    this.earlier =
        new Sorter<>(
            Comparator.comparing(JournalEntry::path, PathOrder::compare),
            JournalEntry.CODEC,
            space);
  }

  /**
   * Reads what an earlier run of this name has left.
   *
   * @throws CopyException of kind {@code CONFLICT} when that run was another one, {@code INTEGRITY}
   *     when it cannot be told
   */
  static Journal open(
      JournalPlace place, String jobId, Run run, String targetPrefix, SpillSpace space)
      throws IOException {
    Journal journal = new Journal(place, jobId, targetPrefix, space);
    journal.readAll(run);
    return journal;
  }

  private void readAll(Run run) throws IOException {
    try {
      Attributes first = place.stat(0);
      require(run, place.read(0, first));
      since = first.modified();
      for (files = 1; ; files++) {
        readBatch(place.read(files, place.stat(files)));
      }
    } catch (DataNotFoundException end) {
      LOG.debug("{} has {} files of a journal", jobId, files);
    }
  }

  private void require(Run run, byte[] file) throws CopyException {
    Run found;
    try {
      PackedReader in = JournalFile.decode(file);
      found = new Run(in.text(), in.text(), in.text());
    } catch (JournalFile.DamagedException damage) {
      throw refused(
          FailureKind.INTEGRITY,
          damage.getMessage() + ". Remove it to copy everything anew, or choose another job id");
    }
    if (!found.equals(run)) {
      throw refused(
          FailureKind.CONFLICT,
          "it is of a copy from "
              + Printable.of(found.source())
              + " to "
              + Printable.of(found.target())
              + ", "
              + Printable.of(found.rules())
              + ". Choose another job id, or remove it");
    }
  }

  private CopyException refused(FailureKind kind, String whyAndWhat) {
    return new CopyException(
        kind,
        place.file(0).text(),
        "Cannot go on with the job "
            + jobId
            + " from its journal "
            + Printable.of(place.file(0).text())
            + ": "
            + whyAndWhat
            + ".",
        null);
  }

  /** The files of a batch that cannot be read are copied again (F57). */
  private void readBatch(byte[] file) throws IOException {
    try {
      PackedReader in = JournalFile.decode(file);
      while (!in.isAtEnd()) {
        earlier.add(JournalEntry.CODEC.read(in));
      }
    } catch (JournalFile.DamagedException damage) {
      damaged++;
      LOG.warn("{} is not used: {}", place.file(files), damage.getMessage());
    }
  }

  /** When the run that left it began, by the store's clock; null when there is none. */
  @Nullable Instant since() {
    return since;
  }

  JournalPlace place() {
    return place;
  }

  /** What it published. */
  PublishedEarlier published() throws IOException {
    return new PublishedEarlier(earlier.sorted(), since);
  }

  /** Files of the journal that could not be read. */
  int damaged() {
    return damaged;
  }

  /** Notes that this run begins, unless it goes on. */
  synchronized void begin(Run run) throws IOException {
    if (files == 0) {
      PackedWriter first = new PackedWriter();
      first.text(run.source());
      first.text(run.target());
      first.text(run.rules());
      place.write(0, JournalFile.encode(first));
      files = 1;
    }
  }

  /**
   * Keeps receipts of the earlier run that are found elsewhere, before what it published is asked.
   */
  ReceiptListener ofEarlierRun() {
    return (item, receipt) -> {
      if (isOurs(item, receipt)) {
        try {
          earlier.add(entry(item, receipt));
        } catch (IOException disk) {
          throw new UncheckedIOException(disk);
        }
        arrived(item, receipt);
      }
    };
  }

  private boolean isOurs(TransferItem item, Receipt receipt) {
    return receipt.succeeded() && item.target().startsWith(targetPrefix);
  }

  private JournalEntry entry(TransferItem item, Receipt receipt) {
    return new JournalEntry(
        item.target().substring(targetPrefix.length()),
        item.lengthBytes(),
        item.modifiedMillis(),
        item.etag(),
        receipt.bytes());
  }

  @Override
  public synchronized void arrived(TransferItem item, Receipt receipt) {
    if (!isOurs(item, receipt)) {
      return;
    }
    JournalEntry.CODEC.write(entry(item, receipt), batch);
    batched++;
    if (batched >= BATCH) {
      flush();
    } else if (batched == 1) {
      SOON.execute(this::flush);
    }
  }

  /** Writes what was not written yet; on failure it is forgotten, and copied again some day. */
  synchronized void flush() {
    if (batched == 0) {
      return;
    }
    try {
      place.write(files, JournalFile.encode(batch));
      files++;
    } catch (IOException | RuntimeException failure) {
      LOG.warn("{} could not be written: {}", place.file(files), failure.getMessage());
    }
    batch.clear();
    batched = 0;
  }

  /** The run is over and nothing is left to do. */
  synchronized void remove() throws IOException {
    batch.clear();
    batched = 0;
    place.remove(files);
    files = 0;
  }
}
