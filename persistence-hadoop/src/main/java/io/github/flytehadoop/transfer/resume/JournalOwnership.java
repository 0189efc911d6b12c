/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.resume;

import io.github.flytehadoop.concurrent.DaemonThreads;
import io.github.flytehadoop.transfer.spill.PackedWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whose a journal was, and that it is this run's now, as long as it lives. */
final class JournalOwnership {
  private static final Logger LOG = LoggerFactory.getLogger(JournalOwnership.class);
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(
          JournalOwner.RENEWAL.toSeconds(),
          TimeUnit.SECONDS,
          renew -> DaemonThreads.named("flyte-journal").newThread(renew).start());

  private final JournalPlace place;
  private final JournalOwner owner = JournalOwner.here();
  private @Nullable JournalOwner before;
  private Instant lastSeen = Instant.EPOCH;
  private byte[] record = {};
  private int number = -1;
  private int dropped = -1;

  JournalOwnership(JournalPlace place) {
    this.place = place;
  }

  /** A file of the journal has this time. */
  void seen(Instant modified) {
    lastSeen = modified.isAfter(lastSeen) ? modified : lastSeen;
  }

  /** The journal belonged to a run, until another took over. */
  void was(JournalOwner other) {
    before = other;
  }

  /** The run that the journal belongs to if it may be alive, or null. */
  @Nullable JournalOwner live() throws IOException {
    JournalOwner other = before;
    return other == null
            || other.isKnownDead()
            || place.now().isAfter(lastSeen.plus(JournalOwner.EXPIRY))
        ? null
        : other;
  }

  /** Takes the journal by a file of a free number; fails with {@code CONFLICT} when it is taken. */
  synchronized void take(int free, byte[] before) throws IOException {
    record = before;
    place.write(free, encoded(owner));
    number = free;
    LATER.execute(this::renew);
  }

  private byte[] encoded(JournalOwner by) {
    PackedWriter out = new PackedWriter();
    by.write(out);
    return JournalFile.encode(record, out);
  }

  /** Shows that this run is alive, as long as it is. */
  private synchronized void renew() {
    if (number >= 0) {
      rewrite(owner);
      LATER.execute(this::renew);
    }
  }

  /** This run has ended, and another may go on at once. */
  synchronized void release() {
    if (number >= 0) {
      rewrite(owner.ended());
      number = -1;
    }
  }

  /** The journal is about to be removed: nothing is written to it any longer. */
  synchronized void drop() {
    dropped = number;
    number = -1;
  }

  /** The journal could not be removed. */
  synchronized void keep() {
    number = dropped;
  }

  private void rewrite(JournalOwner by) {
    try {
      place.rewrite(number, encoded(by));
    } catch (IOException | RuntimeException failure) {
      LOG.warn("{} could not be written: {}", place.file(number), failure.getMessage());
    }
  }
}
