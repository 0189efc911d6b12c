/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.resume;

import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Leftover;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.Stores;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.ReceiptListener;
import io.github.flytehadoop.transfer.TransferPlan;
import io.github.flytehadoop.transfer.plan.ContentComparison;
import io.github.flytehadoop.transfer.plan.EarlierRun;
import io.github.flytehadoop.transfer.plan.Roots;
import io.github.flytehadoop.transfer.spill.SpillFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy that goes on where an earlier one of its name stopped, when it has a name. Without one
 * there is no journal, and nothing here costs a request.
 */
public final class ResumableRun {
  private static final Logger LOG = LoggerFactory.getLogger(ResumableRun.class);

  private final Location target;
  private final Attributes.Kind kind;
  private final Store store;
  private final JournalRun run;
  private final @Nullable Journal journal;
  private final List<String> notes = new ArrayList<>();

  private ResumableRun(
      Location target,
      Attributes.Kind kind,
      Store store,
      JournalRun run,
      @Nullable Journal journal) {
    this.target = target;
    this.kind = kind;
    this.store = store;
    this.run = run;
    this.journal = journal;
  }

  /** Opens the journal of a job id, when the options have one. */
  public static ResumableRun open(CopyOptions options, Roots roots, Stores stores, SpillFile space)
      throws IOException {
    Location target = roots.target();
    boolean tree = options.shape() == BlobDimensionality.MULTIPART;
    JournalRun run =
        new JournalRun(
            Printable.fingerprint(roots.source().text()),
            Printable.fingerprint(target.text()),
            options.shape()
                + " "
                + options.onExisting()
                + " with "
                + options.include()
                + " without "
                + options.exclude());
    String id = options.jobId();
    Journal journal = null;
    if (id != null && options.mode() == CopyOptions.Mode.RUN) {
      JournalPlace place = new JournalPlace(stores, target, options.shape(), id, run.tag(id));
      int name = target.text().length() - target.name().length();
      String prefix = tree ? target.asDirectory().text() : target.text().substring(0, name);
      journal = Journal.open(place, id, run, prefix, space);
    }
    return new ResumableRun(
        target,
        tree ? Attributes.Kind.DIRECTORY : Attributes.Kind.FILE,
        stores.of(target),
        run,
        journal);
  }

  /** Whether an earlier run of this name has stopped somewhere. */
  public boolean resumes() {
    return journal != null && journal.since() != null;
  }

  /** The tag of its temporary files, which its next run sweeps; empty without a name. */
  public String tag() {
    return journal == null ? "" : journal.place().tag();
  }

  /** Tells a listener of files that an earlier run has published. */
  public interface Recovery {
    /** Passes each receipt on. */
    void tell(ReceiptListener listener) throws IOException;
  }

  /** Takes the receipts over that an engine kept of the earlier run. */
  public void recover(Recovery recovery) throws IOException {
    if (journal != null) {
      recovery.tell(journal.ofEarlierRun());
      journal.flush();
    }
  }

  /** The files that the earlier run has published. */
  public EarlierRun published(ContentComparison contents) throws IOException {
    return journal == null ? EarlierRun.NONE : journal.published(contents);
  }

  /**
   * Whether an earlier run of this name has published a single file.
   *
   * @param proof where a file without a receipt counts when it has the bytes of its source
   */
  public boolean hasPublished(
      ContentComparison.Side source,
      ContentComparison.Side there,
      ContentComparison contents,
      @Nullable ContentComparison proof)
      throws IOException {
    RelativePath name = new RelativePath(there.at().name());
    EarlierRun earlier = published(contents);
    return earlier.has(name, source, there)
        || (proof != null && earlier.mayHaveLeft(source, there) && proof.areEqual(source, there));
  }

  /** Writes receipts into the journal, when there is one. */
  public ReceiptListener listener() {
    return journal == null ? ReceiptListener.NONE : journal;
  }

  /**
   * Removes what the earlier run left half done, and notes that this one begins. What it may not do
   * of this is a note, because no file depends on it.
   */
  public void begin(TransferPlan plan) throws IOException {
    Journal named = journal;
    if (named == null) {
      return;
    }
    try {
      named.begin(run);
    } catch (TransferException refused) {
      note(refused, "This run cannot be gone on with when it stops");
    }
    TransferException unsure = named.unsure();
    if (unsure != null) {
      note(unsure, "Whether an earlier run of this name has stopped could not be seen");
    }
    boolean temporaries = store.traits().tree() == StoreTraits.Tree.DIRECTORIES;
    if (unsure == null && (temporaries || resumes())) {
      try {
        sweep(plan, run.tag(plan.jobId()), named);
      } catch (TransferException refused) {
        note(refused, "What an earlier run may have left half done was not looked for");
      }
    }
    if (named.damaged() > 0) {
      notes.add(named.damaged() + " files of the journal were damaged: more was copied again.");
    }
  }

  private void note(TransferException refused, String what) throws TransferException {
    switch (refused.kind()) {
      case ACCESS_DENIED, LOCAL_IO, UNSUPPORTED -> notes.add(what + ": " + refused.getMessage());
      default -> throw refused;
    }
  }

  private void sweep(TransferPlan plan, String tag, Journal named) throws IOException {
    List<Leftover> found = new ArrayList<>(store.leftovers(target, kind, tag));
    if (store.traits().tree() == StoreTraits.Tree.DIRECTORIES) {
      found.addAll(store.leftovers(named.place().file(0), Attributes.Kind.FILE, tag));
    }
    long removed = new LeftoverCleanup(plan, store, named.since()).remove(found);
    if (removed > 0) {
      LOG.info("{}: removed {} leftovers of a run that was killed", plan.jobId(), removed);
    }
  }

  /** Sentences for the report. */
  public List<String> notes() {
    return notes;
  }

  /** Not all was done: what is known is written down, and another run may go on at once. */
  public void stop() {
    if (journal != null) {
      journal.release();
    }
  }

  /** All was done; returns what a report has to say of the end. */
  public List<String> end() throws IOException {
    List<String> before = List.copyOf(notes);
    if (journal != null) {
      try {
        journal.remove();
      } catch (TransferException refused) {
        note(refused, "The journal of this job was not removed");
      }
    }
    return notes.subList(before.size(), notes.size());
  }
}
