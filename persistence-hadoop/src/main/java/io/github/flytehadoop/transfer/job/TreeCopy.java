/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.job;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.PathFilter;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.ListingEntry;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.Stores;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.Preserve;
import io.github.flytehadoop.transfer.TransferPlan;
import io.github.flytehadoop.transfer.TransferReport;
import io.github.flytehadoop.transfer.plan.AliasSearch;
import io.github.flytehadoop.transfer.plan.EmptyDirectories;
import io.github.flytehadoop.transfer.plan.LeftOut;
import io.github.flytehadoop.transfer.plan.NewDirectories;
import io.github.flytehadoop.transfer.plan.PlanBuilder;
import io.github.flytehadoop.transfer.plan.Roots;
import io.github.flytehadoop.transfer.plan.SortedListing;
import io.github.flytehadoop.transfer.plan.TransferPlanner;
import io.github.flytehadoop.transfer.resume.ResumableRun;
import io.github.flytehadoop.transfer.spill.SpillFile;
import io.github.flytehadoop.transfer.spill.SpilledList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A directory on its way: listed, compared, moved, and what is extra deleted, in this order. */
final class TreeCopy {
  private final Roots roots;
  private final CopyOptions options;
  private final PlannedRun runner;
  private final TransferPlanner planner;
  private final Stores stores;
  private final LeftOut leftOut;

  TreeCopy(
      Roots roots, CopyOptions options, PlannedRun runner, TransferPlanner planner, Stores stores) {
    this.roots = roots;
    this.options = options;
    this.runner = runner;
    this.planner = planner;
    this.stores = stores;
    this.leftOut =
        new LeftOut(options.onUnsupported(), PathFilter.of(options.include(), options.exclude()));
  }

  TransferReport run() throws IOException {
    StoreTraits traits = stores.of(roots.target()).traits();
    try (SpillFile space = new SpillFile()) {
      ResumableRun named = ResumableRun.open(options, roots, stores, space);
      runner.recover(named, roots);
      AliasSearch aliases = new AliasSearch();
      boolean modes = options.preserve().contains(Preserve.MODE);
      NewDirectories made = modes ? NewDirectories.of(roots, stores, space) : null;
      PlanBuilder draft = compare(named, traits, space, aliases, made);
      refuseTooMany(draft.extra().size());
      refuseNoMatch(draft);
      EmptyDirectories empty = EmptyDirectories.of(traits, roots.target(), draft);
      List<String> notes = new ArrayList<>(empty.notes());
      notes.addAll(runner.skipping().notes(draft.unproven()));
      notes.addAll(leftOut.notes());
      boolean run = options.mode() == CopyOptions.Mode.RUN;
      if (run && deletes() && !draft.extra().isEmpty()) {
        draft.extra().forEach(aliases::extra);
        AliasProbe probe = new AliasProbe(roots, stores, named.tag());
        probe.requireApart(aliases);
        notes.addAll(probe.notes());
      }
      notes.addAll(run ? resumed(draft) : wouldBeDeleted(draft.extra()));
      TransferPlan plan = runner.plan(draft.items(), empty);
      return runner.run(
          plan,
          roots.target(),
          new PlannedRun.Compared(draft.skipped(), notes, leftOut.named()),
          named,
          run ? (report, job) -> finish(draft, made, report, job) : PlannedRun.Last.NOTHING);
    }
  }

  private boolean deletes() {
    return options.deleteExtra().looks();
  }

  private PlanBuilder compare(
      ResumableRun named,
      StoreTraits traits,
      SpillFile space,
      AliasSearch aliases,
      @Nullable NewDirectories made)
      throws IOException {
    PathFilter filter = PathFilter.of(options.include(), options.exclude());
    boolean looks = options.onExisting() != OnExisting.OVERWRITE || deletes() || named.resumes();
    SortedListing source =
        planner.list(
            roots.source(), filter, space, leftOut, deletes() ? aliases::source : any -> {});
    SortedListing target =
        looks
            ? planner.listTarget(roots.target(), filter, space)
            : planner.nothing(roots.target(), space);
    refuseUnmatched(filter);
    PlanBuilder draft =
        new PlanBuilder(
            roots,
            traits.tree(),
            options.onExisting(),
            PlanBuilder.NameRule.of(roots.target()),
            space);
    return TransferPlanner.compare(
        source,
        target,
        draft
            .after(named.published(runner.contents()), runner.contents())
            .skipping(runner.skipping())
            .leavingOut(leftOut)
            .telling(made));
  }

  private void refuseTooMany(long extra) throws CopyException {
    if (deletes() && extra > options.deleteExtra().atMost()) {
      throw Problem.cannot("delete what only", roots.target().text())
          .also("has")
          .because(
              "it would be "
                  + extra
                  + " files and at most "
                  + options.deleteExtra().atMost()
                  + " are allowed")
          .remedy("Nothing was changed. Look at them, or allow more.")
          .kind(FailureKind.CONFLICT)
          .as(CopyException::new);
    }
  }

  /** An exclude that matches nothing protects nothing: what it was meant for would go (F65). */
  private void refuseUnmatched(PathFilter filter) throws CopyException {
    List<String> unmatched = deletes() ? filter.unmatchedExcludes() : List.of();
    if (!unmatched.isEmpty()) {
      throw Problem.cannot("delete what only the target has, below", roots.target().text())
          .because(
              "nothing in it or in the source matches the exclude "
                  + String.join(" or ", unmatched)
                  + ", so it would protect nothing")
          .remedy(
              "Nothing was changed. Write DIR/ or DIR/** for all that is below DIR, or leave the"
                  + " exclude out.")
          .kind(FailureKind.NOT_FOUND)
          .as(CopyException::new);
    }
  }

  /** Nothing to copy is no surprise, but a glob that finds nothing is a mistake (B41). */
  private void refuseNoMatch(PlanBuilder draft) throws CopyException {
    if (!options.include().isEmpty() && draft.files() == 0) {
      throw Problem.cannot("copy", roots.source().text())
          .because(
              "none of its files matches " + Printable.of(String.join(" or ", options.include())))
          .remedy("Check the glob: it has to match the whole path below the source.")
          .kind(FailureKind.NOT_FOUND)
          .as(CopyException::new);
    }
  }

  private static List<String> resumed(PlanBuilder draft) {
    return draft.published() == 0
        ? List.of()
        : List.of(draft.published() + " files were there from an earlier run of this job.");
  }

  private List<String> wouldBeDeleted(SpilledList<ListingEntry> extra) {
    return !deletes() || extra.isEmpty()
        ? List.of()
        : List.of(
            extra.size()
                + " files that the source has not would be deleted, the first is "
                + extra.iterator().next().path()
                + ".");
  }

  /** Last of all, and only after everything arrived. */
  private TransferReport finish(
      PlanBuilder draft, @Nullable NewDirectories made, TransferReport report, TransferJob job)
      throws IOException {
    if (made != null) {
      made.giveModes();
    }
    return deleteExtra(draft.extra(), report, job);
  }

  private TransferReport deleteExtra(
      SpilledList<ListingEntry> extra, TransferReport report, TransferJob job) throws IOException {
    if (!deletes() || extra.isEmpty()) {
      return report;
    }
    deleteFiles(extra);
    return job.after(report, extra.size() + " files that the source has not were deleted.");
  }

  private void deleteFiles(SpilledList<ListingEntry> files) throws IOException {
    if (files.isEmpty()) {
      return;
    }
    Location target = roots.target();
    Store store = stores.of(target);
    Iterator<ListingEntry> all = files.iterator();
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
