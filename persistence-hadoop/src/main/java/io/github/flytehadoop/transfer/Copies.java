/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Listed;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.Words;
import io.github.flytehadoop.transfer.spill.SpillSpace;
import io.github.flytehadoop.transfer.spill.SpilledList;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Files and directories on their way from one store to another. */
final class Copies {
  private static final EmptyDirectories NO_DIRECTORIES = new EmptyDirectories(List.of(), List.of());

  private final TransferEngine engine;
  private final EngineContext context;
  private final Map<String, String> metadata;
  private final TransferPlanner planner;
  private final TransferJob job;

  Copies(TransferEngine engine, EngineContext context, Map<String, String> metadata) {
    this.engine = engine;
    this.context = context;
    this.metadata = metadata;
    this.planner = new TransferPlanner(context.stores(), context.cancellation());
    this.job = new TransferJob(engine, context, CopyException::new);
  }

  TransferReport copy(Location from, Location to, CopyOptions options) throws TransferException {
    refuseOverlap(from, to);
    try {
      return options.shape() == BlobDimensionality.SINGLE
          ? copyFile(from, to, options)
          : copyDirectory(from, to, options);
    } catch (DataNotFoundException | CopyException already) {
      throw already;
    } catch (TransferException failure) {
      throw new CopyException(
          failure.kind(), failure.location(), String.valueOf(failure.getMessage()), failure);
    } catch (IOException failure) {
      throw new CopyException(
          FailureKind.LOCAL_IO,
          from.text(),
          "Cannot copy " + from + " to " + to + ": " + failure + ". Check the local disk.",
          failure);
    }
  }

  /** Neither may lie in the other (B38, B39). */
  private static void refuseOverlap(Location from, Location to) {
    String source = withSeparator(keyOf(from));
    String target = withSeparator(keyOf(to));
    if (place(from).equals(place(to)) && (source.startsWith(target) || target.startsWith(source))) {
      throw new IllegalArgumentException(
          "Cannot copy "
              + from
              + " to "
              + to
              + ": one lies in the other. Choose a target beside the source.");
    }
  }

  /** Where it is: the default port of HDFS may be written or left out. */
  private static String place(Location at) {
    String authority = at.authority();
    return at.scheme().equals("hdfs")
        ? "hdfs://" + authority.replaceFirst(":8020$", "")
        : at.scheme() + "://" + authority;
  }

  /** The key, or the path that the disk itself knows, whatever links lead there. */
  private static String keyOf(Location at) {
    if (!at.isLocal()) {
      return at.key();
    }
    Path path = Path.of(at.key()).toAbsolutePath().normalize();
    for (Path above = path; above != null; above = above.getParent()) {
      try {
        return above.toRealPath().resolve(above.relativize(path)).toString();
      } catch (IOException absent) {
        // what is not there yet is below what is
      }
    }
    return path.toString();
  }

  private static String withSeparator(String key) {
    return key.isEmpty() || key.endsWith("/") ? key : key + "/";
  }

  private TransferReport copyFile(Location from, Location to, CopyOptions options)
      throws IOException {
    Attributes source = context.stores().of(from).stat(from);
    if (source.isDirectory()) {
      throw new CopyException(
          FailureKind.UNSUPPORTED,
          from.text(),
          "Cannot copy "
              + from
              + " as one file: it is a directory, or a prefix of other keys. Use BlobDimensionality.MULTIPART, or --recursive.",
          null);
    }
    Location target = to.endsWithSeparator() ? to.child(new RelativePath(from.name())) : to;
    Attributes existing =
        options.onExisting() == OnExisting.OVERWRITE ? null : planner.statOrNull(target);
    if (existing != null && options.onExisting() == OnExisting.FAIL) {
      throw Draft.taken(target, new RelativePath(target.name()));
    }
    if (existing != null && Identity.isIdentical(source, existing)) {
      Compared same = new Compared(1, notes(Identity.haveEtags(source, existing) ? 0 : 1));
      return run(plan(options, TransferItems.of(List.of()), NO_DIRECTORIES), target, options, same);
    }
    TransferItems one = TransferItems.of(List.of(TransferPlanner.item(0, from, target, source)));
    return run(plan(options, one, NO_DIRECTORIES), target, options, new Compared(0, List.of()));
  }

  /** What a comparison found besides files to copy. */
  private record Compared(long skipped, List<String> notes) {}

  private static List<String> notes(long skippedByTime) {
    return skippedByTime == 0
        ? List.of()
        : List.of(skippedByTime + " files were skipped by length and time, without a checksum.");
  }

  private TransferReport copyDirectory(Location from, Location to, CopyOptions options)
      throws IOException {
    PathFilter filter = PathFilter.of(options.include(), options.exclude());
    boolean deletes = options.deleteExtra().atMost() > 0;
    boolean looks = options.onExisting() != OnExisting.OVERWRITE || deletes;
    StoreTraits traits = context.stores().of(to).traits();
    try (SpillSpace space = new SpillSpace()) {
      SortedTree source = planner.list(from, filter, space);
      SortedTree existing =
          looks ? planner.listIfThere(to, filter, space) : planner.nothing(to, space);
      Draft draft =
          TransferPlanner.compare(
              source,
              existing,
              new Draft(
                  new TransferPlanner.Roots(from, to),
                  traits.tree(),
                  options.onExisting(),
                  Draft.NameRule.of(to),
                  space));
      if (deletes) {
        refuseTooMany(draft.extra().size(), to, options.deleteExtra());
      }
      refuseNoMatch(from, options, draft);
      EmptyDirectories empty = EmptyDirectories.of(traits, to, draft);
      List<String> notes = new ArrayList<>(empty.notes());
      notes.addAll(notes(draft.skippedByTime()));
      notes.addAll(wouldDelete(options, draft));
      TransferReport report =
          run(
              plan(options, draft.items(), empty),
              to,
              options,
              new Compared(draft.skipped(), notes));
      return deletes && options.mode() == CopyOptions.Mode.RUN
          ? delete(draft.extra(), to, report)
          : report;
    }
  }

  private static List<String> wouldDelete(CopyOptions options, Draft draft) {
    boolean deletes = options.deleteExtra().atMost() > 0;
    return !deletes || options.mode() == CopyOptions.Mode.RUN || draft.extra().isEmpty()
        ? List.of()
        : List.of(
            draft.extra().size()
                + " files that the source has not would be deleted, the first is "
                + draft.extra().iterator().next().path()
                + ".");
  }

  /** Nothing to copy is no surprise, but a glob that finds nothing is a mistake (B41). */
  private static void refuseNoMatch(Location from, CopyOptions options, Draft draft)
      throws CopyException {
    if (!options.include().isEmpty() && draft.items().size() == 0 && draft.skipped() == 0) {
      throw new CopyException(
          FailureKind.NOT_FOUND,
          from.text(),
          "Cannot copy "
              + Words.printable(from.text())
              + ": none of its files matches "
              + Words.printable(String.join(" or ", options.include()))
              + ". Check the glob: it has to match the whole path below the source.",
          null);
    }
  }

  private static void refuseTooMany(long extra, Location to, DeleteExtra allowed)
      throws CopyException {
    if (extra > allowed.atMost()) {
      throw new CopyException(
          FailureKind.CONFLICT,
          to.text(),
          "Cannot delete what only "
              + to
              + " has: it would be "
              + extra
              + " files and at most "
              + allowed.atMost()
              + " are allowed. Nothing was changed. Look at them, or allow more.",
          null);
    }
  }

  private TransferPlan plan(CopyOptions options, TransferItems items, EmptyDirectories empty) {
    String id = options.jobId();
    return new TransferPlan(
        id == null ? JobNames.next() : id, items, empty.toMake(), metadata, options.onExisting());
  }

  private TransferReport run(TransferPlan plan, Location to, CopyOptions options, Compared compared)
      throws IOException {
    if (options.mode() == CopyOptions.Mode.RUN) {
      return job.run(plan, to.text(), compared.skipped(), compared.notes());
    }
    List<String> all = new ArrayList<>(compared.notes());
    all.add("A dry run: this is what would be copied, nothing was.");
    return new TransferReport(
        to.text(),
        plan.items().size(),
        plan.bytes(),
        compared.skipped(),
        List.of(),
        Verification.LENGTH,
        engine.kind(),
        Duration.ZERO,
        Map.of(),
        plan.jobId(),
        all);
  }

  /** Last of all, and only after everything arrived. */
  private TransferReport delete(SpilledList<Listed> extra, Location to, TransferReport report)
      throws IOException {
    if (extra.isEmpty()) {
      return report;
    }
    Iterator<Listed> files = extra.iterator();
    Iterator<RelativePath> paths =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return files.hasNext();
          }

          @Override
          public RelativePath next() {
            return files.next().path();
          }
        };
    context.stores().of(to).deleteFiles(to, paths);
    return job.after(report, extra.size() + " files that the source has not were deleted.");
  }
}
