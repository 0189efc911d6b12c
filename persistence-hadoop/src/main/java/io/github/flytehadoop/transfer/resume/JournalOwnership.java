/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.resume;

import io.github.flytehadoop.transfer.spill.VarintWriter;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose a journal was, and that it is this run's now, as long as it lives. The first file of a
 * journal is never written again, for its time is that of the beginning. Guarded by its journal.
 */
final class JournalOwnership {
  private static final Logger LOG = LoggerFactory.getLogger(JournalOwnership.class);

  /** What a file begins with that names an owner, unless it is the first. */
  static final int OWNER = 1;

  private final JournalPlace place;
  private final JournalOwner owner = JournalOwner.here();
  private @Nullable JournalOwner before;
  private Instant lastSeen = Instant.EPOCH;
  private boolean mine;
  private int number = -1;

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

  /** Takes a new journal by its first file; fails with {@code CONFLICT} when there is one. */
  void begin(JournalRun run) throws IOException {
    VarintWriter out = new VarintWriter();
    run.write(out);
    owner.write(out);
    place.begin(JournalFile.encode(out));
    mine = true;
  }

  /** Takes a journal over by a file of a free number; else it fails with {@code CONFLICT}. */
  void takeOver(int free) throws IOException {
    place.write(free, encoded(owner));
    mine = true;
    number = free;
  }

  private static byte[] encoded(JournalOwner by) {
    VarintWriter out = new VarintWriter();
    out.number(OWNER);
    by.write(out);
    return JournalFile.encode(out);
  }

  boolean isMine() {
    return mine;
  }

  /**
   * Shows that this run is alive, or that it has ended and another may go on at once.
   *
   * @param free the number of a file that is not there
   * @return whether that number was used
   */
  boolean show(JournalOwner.State state, int free) {
    if (!mine) {
      return false;
    }
    byte[] file = encoded(state == JournalOwner.State.ENDED ? owner.ended() : owner);
    boolean first = number < 0;
    try {
      if (first) {
        place.write(free, file);
        number = free;
      } else {
        place.rewrite(number, file);
      }
      return first;
    } catch (IOException | RuntimeException failure) {
      LOG.warn("{} could not be written: {}", place.file(free), failure.getMessage());
      return false;
    }
  }

  /** Nothing is written to the journal any longer. */
  void drop() {
    mine = false;
  }

  /** The journal could not be removed. */
  void keep() {
    mine = true;
  }
}
