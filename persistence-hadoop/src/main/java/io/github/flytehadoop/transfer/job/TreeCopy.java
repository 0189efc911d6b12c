/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.job;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.PathFilter;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Listed;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.Stores;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.TransferPlan;
import io.github.flytehadoop.transfer.TransferReport;
import io.github.flytehadoop.transfer.plan.AliasSearch;
import io.github.flytehadoop.transfer.plan.Draft;
import io.github.flytehadoop.transfer.plan.EmptyDirectories;
import io.github.flytehadoop.transfer.plan.Roots;
import io.github.flytehadoop.transfer.plan.SortedTree;
import io.github.flytehadoop.transfer.plan.TransferPlanner;
import io.github.flytehadoop.transfer.resume.NamedRun;
import io.github.flytehadoop.transfer.spill.SpillSpace;
import io.github.flytehadoop.transfer.spill.SpilledList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A directory on its way: listed, compared, moved, and what is extra deleted, in this order. */
final class TreeCopy {
  private final Roots roots;
  private final CopyOptions options;
  private final PlannedRun runner;
  private final TransferPlanner planner;
  private final Stores stores;

  TreeCopy(
      Roots roots, CopyOptions options, PlannedRun runner, TransferPlanner planner, Stores stores) {
    this.roots = roots;
    this.options = options;
    this.runner = runner;
    this.planner = planner;
    this.stores = stores;
  }

  TransferReport run() throws IOException {
    StoreTraits traits = stores.of(roots.target()).traits();
    try (SpillSpace space = new SpillSpace()) {
      NamedRun named = NamedRun.open(options, roots, stores, space);
      runner.recover(named, roots);
      AliasSearch aliases = new AliasSearch();
      Draft draft = compare(named, traits, space, aliases);
      refuseTooMany(draft.extra().size());
      refuseNoMatch(draft);
      EmptyDirectories empty = EmptyDirectories.of(traits, roots.target(), draft);
      List<String> notes = new ArrayList<>(empty.notes());
      notes.addAll(runner.skipping().notes(draft.unproven()));
      boolean run = options.mode() == CopyOptions.Mode.RUN;
      if (run && deletes() && !draft.extra().isEmpty()) {
        draft.extra().forEach(aliases::extra);
        new AliasProbe(roots, stores).requireApart(aliases);
      }
      notes.addAll(run ? resumed(draft) : wouldBeDeleted(draft.extra()));
      TransferPlan plan = runner.plan(draft.items(), empty);
      return runner.run(
          plan,
          roots.target(),
          new PlannedRun.Compared(draft.skipped(), notes),
          named,
          run ? (report, job) -> deleteExtra(draft.extra(), report, job) : PlannedRun.Last.NOTHING);
    }
  }

  private boolean deletes() {
    return options.deleteExtra().looks();
  }

  private Draft compare(NamedRun named, StoreTraits traits, SpillSpace space, AliasSearch aliases)
      throws IOException {
    PathFilter filter = PathFilter.of(options.include(), options.exclude());
    boolean looks = options.onExisting() != OnExisting.OVERWRITE || deletes() || named.resumes();
    SortedTree source =
        planner.list(roots.source(), filter, space, deletes() ? aliases::source : any -> {});
    SortedTree target =
        looks
            ? planner.listIfThere(roots.target(), filter, space)
            : planner.nothing(roots.target(), space);
    refuseUnmatched(filter);
    Draft draft =
        new Draft(
            roots, traits.tree(), options.onExisting(), Draft.NameRule.of(roots.target()), space);
    return TransferPlanner.compare(
        source,
        target,
        draft
            .after(named.published(runner.contents()), runner.contents())
            .skipping(runner.skipping()));
  }

  private void refuseTooMany(long extra) throws CopyException {
    if (deletes() && extra > options.deleteExtra().atMost()) {
      throw new CopyException(
          FailureKind.CONFLICT,
          roots.target().text(),
          "Cannot delete what only "
              + Printable.of(roots.target().text())
              + " has: it would be "
              + extra
              + " files and at most "
              + options.deleteExtra().atMost()
              + " are allowed. Nothing was changed. Look at them, or allow more.",
          null);
    }
  }

  /** An exclude that matches nothing protects nothing: what it was meant for would go (F65). */
  private void refuseUnmatched(PathFilter filter) throws CopyException {
    List<String> unmatched = deletes() ? filter.unmatchedExcludes() : List.of();
    if (!unmatched.isEmpty()) {
      throw new CopyException(
          FailureKind.NOT_FOUND,
          roots.target().text(),
          Problem.cannot("delete what only the target has, below", roots.target().text())
              .because(
                  "nothing in it or in the source matches the exclude "
                      + String.join(" or ", unmatched)
                      + ", so it would protect nothing")
              .remedy(
                  "Nothing was changed. Write DIR/ or DIR/** for all that is below DIR, or leave the"
                      + " exclude out.")
              .message(),
          null);
    }
  }

  /** Nothing to copy is no surprise, but a glob that finds nothing is a mistake (B41). */
  private void refuseNoMatch(Draft draft) throws CopyException {
    if (!options.include().isEmpty() && draft.files() == 0) {
      throw new CopyException(
          FailureKind.NOT_FOUND,
          roots.source().text(),
          "Cannot copy "
              + Printable.of(roots.source().text())
              + ": none of its files matches "
              + Printable.of(String.join(" or ", options.include()))
              + ". Check the glob: it has to match the whole path below the source.",
          null);
    }
  }

  private static List<String> resumed(Draft draft) {
    return draft.published() == 0
        ? List.of()
        : List.of(draft.published() + " files were there from an earlier run of this job.");
  }

  private List<String> wouldBeDeleted(SpilledList<Listed> extra) {
    return !deletes() || extra.isEmpty()
        ? List.of()
        : List.of(
            extra.size()
                + " files that the source has not would be deleted, the first is "
                + extra.iterator().next().path()
                + ".");
  }

  /** Last of all, and only after everything arrived. */
  private TransferReport deleteExtra(
      SpilledList<Listed> extra, TransferReport report, TransferJob job) throws IOException {
    if (!deletes() || extra.isEmpty()) {
      return report;
    }
    deleteFiles(extra);
    return job.after(report, extra.size() + " files that the source has not were deleted.");
  }

  private void deleteFiles(SpilledList<Listed> files) throws IOException {
    if (files.isEmpty()) {
      return;
    }
    Location target = roots.target();
    Store store = stores.of(target);
    Iterator<Listed> all = files.iterator();
    store.deleteFiles(
        target,
        new Iterator<RelativePath>() {
          @Override
          public boolean hasNext() {
            return all.hasNext();
          }

          @Override
          public RelativePath next() {
            return all.next().path();
          }
        });
  }
}
