/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.resume;

import io.github.flytehadoop.concurrent.DaemonThreads;
import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.ReceiptListener;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.plan.ContentComparison;
import io.github.flytehadoop.transfer.plan.PathOrder;
import io.github.flytehadoop.transfer.spill.ExternalSorter;
import io.github.flytehadoop.transfer.spill.SpillFile;
import io.github.flytehadoop.transfer.spill.VarintReader;
import io.github.flytehadoop.transfer.spill.VarintWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.Executor;
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

  private static final String THREAD = "flyte-journal";

  /** A request for so many files, or for so much time. */
  private static final int BATCH = 500;

  /** What the files after the first begin with. */
  private static final int BATCH_OF_FILES = 0;

  /** A crash loses no more than that, however seldom receipts come. */
  private static final Executor SOON = DaemonThreads.after(Duration.ofSeconds(2), THREAD);

  private final JournalPlace place;
  private final String jobId;
  private final String targetPrefix;
  private final ExternalSorter<JournalEntry> earlier;
  private final VarintWriter batch = new VarintWriter();
  private final JournalOwnership ownership;
  private @Nullable Instant since;
  private @Nullable TransferException unsure;
  private int files;
  private int batched;
  private int damaged;
  private boolean notKept;

  private Journal(JournalPlace place, String jobId, String targetPrefix, SpillFile space) {
    this.place = place;
    this.ownership = new JournalOwnership(place);
    this.jobId = jobId;
    this.targetPrefix = targetPrefix;
    this.earlier =
        new ExternalSorter<>(
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
      JournalPlace place, String jobId, JournalRun run, String targetPrefix, SpillFile space)
      throws IOException {
    Journal journal = new Journal(place, jobId, targetPrefix, space);
    journal.readAll(run);
    return journal;
  }

  private void readAll(JournalRun run) throws IOException {
    try {
      Attributes first = place.first();
      require(run, place.read(0, first));
      since = first.modified();
      ownership.seen(first.modified());
      for (files = 1; ; files++) {
        Attributes next = place.stat(files);
        ownership.seen(next.modified());
        readNext(place.read(files, next), next.modified());
      }
    } catch (DataNotFoundException end) {
      LOG.debug("{} has {} files of a journal", jobId, files);
    } catch (TransferException refused) {
      requireDenied(refused); // which a store may also say of what is not there (F78)
      unsure = files == 0 ? refused : unsure;
    }
    refuseLive();
  }

  private static void requireDenied(TransferException refused) throws TransferException {
    if (refused.kind() != FailureKind.ACCESS_DENIED) {
      throw refused;
    }
  }

  /** Why it is not known whether a run of this name has stopped or goes on, or null. */
  @Nullable TransferException unsure() {
    return unsure;
  }

  /** Two runs of one name would take each other's files for what was left half done (F80). */
  private void refuseLive() throws IOException {
    JournalOwner other;
    try {
      other = ownership.live();
    } catch (TransferException clock) {
      requireDenied(clock);
      unsure = clock;
      return;
    }
    if (other != null) {
      throw place.refused(FailureKind.CONFLICT, other.told());
    }
  }

  private void require(JournalRun run, byte[] file) throws CopyException {
    JournalRun found;
    try {
      VarintReader in = JournalFile.decode(file);
      found = JournalRun.read(in);
      ownership.was(JournalOwner.read(in));
    } catch (JournalFile.DamagedException damage) {
      throw place.refused(
          FailureKind.INTEGRITY,
          damage.getMessage() + ". Remove it to copy everything anew, or choose another job id");
    }
    if (!found.equals(run)) {
      throw place.refused(
          FailureKind.CONFLICT, found.told() + ". Choose another job id, or remove it");
    }
  }

  /**
   * A run that takes over, or a batch; the files of one that cannot be read are copied again (F57).
   */
  private void readNext(byte[] file, Instant noted) throws IOException {
    try {
      VarintReader in = JournalFile.decode(file);
      if (in.number() == JournalOwnership.OWNER) {
        ownership.was(JournalOwner.read(in));
        return;
      }
      while (!in.isAtEnd()) {
        earlier.add(JournalEntry.CODEC.read(in).notedAt(noted.toEpochMilli()));
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
  CompletedFiles published(ContentComparison contents) throws IOException {
    return new CompletedFiles(earlier.sorted(), since, contents);
  }

  /** Files of the journal that could not be read. */
  int damaged() {
    return damaged;
  }

  /**
   * Notes that this run begins, or goes on in place of one that is dead.
   *
   * @throws CopyException of kind {@code CONFLICT} when another run was quicker
   */
  synchronized void begin(JournalRun run) throws IOException {
    try {
      if (files == 0) {
        ownership.begin(run);
      } else {
        ownership.takeOver(files);
      }
    } catch (TransferException taken) {
      notKept = true;
      TransferException hidden = unsure;
      if (taken.kind() != FailureKind.CONFLICT || hidden != null) {
        throw hidden == null ? taken : hidden;
      }
      throw place.refused(
          taken.kind(), "another run has just begun. Wait for it, or choose another job id");
    }
    files++;
    DaemonThreads.after(JournalOwner.RENEWAL, THREAD).execute(this::renew);
  }

  private synchronized void renew() {
    if (ownership.isMine()) {
      files += ownership.show(JournalOwner.State.RUNNING, files) ? 1 : 0;
      DaemonThreads.after(JournalOwner.RENEWAL, THREAD).execute(this::renew);
    }
  }

  /** The run has stopped and may be gone on with at once. */
  synchronized void release() {
    flush();
    files += ownership.show(JournalOwner.State.ENDED, files) ? 1 : 0;
    ownership.drop();
  }

  /**
   * Keeps receipts of the earlier run that are found elsewhere, before what it published is asked.
   */
  ReceiptListener ofEarlierRun() {
    return (item, receipt) -> {
      if (isOurs(item, receipt)) {
        try {
          earlier.add(JournalEntry.of(path(item), item, receipt));
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

  private String path(TransferItem item) {
    return item.target().substring(targetPrefix.length());
  }

  @Override
  public synchronized void arrived(TransferItem item, Receipt receipt) {
    if (notKept || !isOurs(item, receipt)) {
      return;
    }
    if (batched == 0) {
      batch.number(BATCH_OF_FILES);
    }
    JournalEntry.CODEC.write(JournalEntry.of(path(item), item, receipt), batch);
    batched++;
    if (batched >= BATCH) {
      flush();
    } else if (batched == 1) {
      SOON.execute(this::flush);
    }
  }

  /** Writes what was not written yet; on failure it is forgotten, and copied again some day. */
  synchronized void flush() {
    if (batched == 0 || files == 0) {
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
    if (notKept) { // what there is may be of another run
      return;
    }
    ownership.drop();
    try {
      place.remove(files);
    } catch (IOException failure) {
      ownership.keep();
      throw failure;
    }
    batch.clear();
    batched = 0;
    files = 0;
  }
}
