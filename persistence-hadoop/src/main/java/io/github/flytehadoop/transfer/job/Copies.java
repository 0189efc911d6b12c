/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.job;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.Preserve;
import io.github.flytehadoop.transfer.TransferEngine;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.TransferItems;
import io.github.flytehadoop.transfer.TransferReport;
import io.github.flytehadoop.transfer.plan.ContentComparison;
import io.github.flytehadoop.transfer.plan.EmptyDirectories;
import io.github.flytehadoop.transfer.plan.NewDirectories;
import io.github.flytehadoop.transfer.plan.PlanBuilder;
import io.github.flytehadoop.transfer.plan.Roots;
import io.github.flytehadoop.transfer.plan.Skipping;
import io.github.flytehadoop.transfer.plan.TransferPlanner;
import io.github.flytehadoop.transfer.receipt.Manifest;
import io.github.flytehadoop.transfer.resume.ResumableRun;
import io.github.flytehadoop.transfer.spill.SpillFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files and directories on their way from one store to another. */
public final class Copies {
  private static final EmptyDirectories NO_DIRECTORIES = new EmptyDirectories(List.of(), List.of());

  private final TransferEngine engine;
  private final EngineContext context;
  private final Map<String, String> metadata;
  private final TransferPlanner planner;
  private final TransferJob job;

  /** Copies with one engine. */
  public Copies(TransferEngine engine, EngineContext context, Map<String, String> metadata) {
    this.engine = engine;
    this.context = context;
    this.metadata = metadata;
    this.planner = new TransferPlanner(context.stores(), context.cancellation());
    this.job = new TransferJob(engine, context, CopyException::new);
  }

  /** Copies a file or a tree; a file also into a directory that exists by itself. */
  public TransferReport copy(Location from, Location given, CopyOptions options)
      throws TransferException {
    Manifest.refuseAmongData(options.manifest(), from, given);
    Location to = given;
    try {
      if (options.shape() == BlobDimensionality.SINGLE) {
        to = new FileTarget(context, planner).of(from, given);
      }
      refuseOverlap(from, to);
      if (options.preserve().contains(Preserve.MODE)) {
        NewDirectories.requireModes(new Roots(from, to), context.stores());
      }
      return options.shape() == BlobDimensionality.SINGLE
          ? copyFile(from, to, options)
          : copyDirectory(from, to, options);
    } catch (DataNotFoundException | CopyException already) {
      throw already;
    } catch (TransferException failure) {
      throw new CopyException(
          failure.kind(), failure.location(), String.valueOf(failure.getMessage()), failure);
    } catch (IOException failure) {
      throw Problem.cannot("copy", from.text())
          .also("to", to.text())
          .because(failure.toString())
          .remedy("Check the local disk.")
          .kind(FailureKind.LOCAL_IO)
          .causedBy(failure)
          .as(CopyException::new);
    }
  }

  /** Neither may lie in the other, by whatever name (B38, B39, F61). */
  private void refuseOverlap(Location from, Location to) throws IOException {
    if (context.stores().placeOf(from).overlaps(context.stores().placeOf(to))) {
      throw Problem.cannot("copy", from + " to " + to)
          .because("one lies in the other")
          .remedy("Choose a target beside the source.")
          .argument();
    }
  }

  private TransferReport copyFile(Location from, Location to, CopyOptions options)
      throws IOException {
    Attributes source = context.stores().of(from).stat(from);
    if (source.isDirectory()) {
      throw Problem.cannot("copy", from.text())
          .also("as one file")
          .because("it is a directory, or a prefix of other keys")
          .remedy("Use BlobDimensionality.MULTIPART, or --recursive.")
          .as(CopyException::new);
    }
    return copyFile(new ContentComparison.Side(from, source), to, options);
  }

  private TransferReport copyFile(ContentComparison.Side from, Location target, CopyOptions options)
      throws IOException {
    try (SpillFile space = new SpillFile()) {
      Roots roots = new Roots(from.at(), target);
      ResumableRun named = ResumableRun.open(options, roots, context.stores(), space);
      PlannedRun run = run(options);
      run.recover(named, roots);
      PlannedRun.Compared settled = settled(from, target, options, run, named);
      List<TransferItem> items =
          settled == null
              ? List.of(TransferPlanner.item(0, from.at(), target, from.attributes()))
              : List.of();
      return run.run(
          run.plan(TransferItems.of(items), NO_DIRECTORIES),
          target,
          settled == null ? new PlannedRun.Compared(0, List.of()) : settled,
          named,
          PlannedRun.Last.NOTHING);
    }
  }

  /** What is told of a file that need not be written, or null when it has to be. */
  private PlannedRun.@Nullable Compared settled(
      ContentComparison.Side from,
      Location target,
      CopyOptions options,
      PlannedRun run,
      ResumableRun named)
      throws IOException {
    boolean looks = options.onExisting() != OnExisting.OVERWRITE || named.resumes();
    Attributes there = looks ? planner.statOrNull(target) : null;
    if (there == null) {
      return null;
    }
    boolean refuses = options.onExisting() == OnExisting.FAIL;
    ContentComparison proof = refuses ? run.contents() : null;
    if (named.resumes()
        && named.hasPublished(
            from, new ContentComparison.Side(target, there), run.contents(), proof)) {
      return new PlannedRun.Compared(1, List.of());
    }
    if (refuses) {
      throw PlanBuilder.taken(target, new RelativePath(target.name()));
    }
    return options.onExisting() == OnExisting.SKIP_IDENTICAL
        ? same(from, new ContentComparison.Side(target, there), run.skipping())
        : null;
  }

  private static PlannedRun.@Nullable Compared same(
      ContentComparison.Side from, ContentComparison.Side there, Skipping skipping)
      throws IOException {
    ContentComparison.Verdict.Kind found = skipping.found(from, there);
    return found == null
        ? null
        : new PlannedRun.Compared(
            1, skipping.notes(found == ContentComparison.Verdict.Kind.PROVEN ? 0 : 1));
  }

  private TransferReport copyDirectory(Location from, Location to, CopyOptions options)
      throws IOException {
    return new TreeCopy(new Roots(from, to), options, run(options), planner, context.stores())
        .run();
  }

  private PlannedRun run(CopyOptions options) {
    return new PlannedRun(options, metadata, engine.kind(), job);
  }
}
