/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
    String source = withSeparator(from.key());
    String target = withSeparator(to.key());
    if (from.sharesStoreWith(to) && (source.startsWith(target) || target.startsWith(source))) {
      throw new IllegalArgumentException(
          "Cannot copy "
              + from
              + " to "
              + to
              + ": one lies in the other. Choose a target beside the source.");
    }
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
    Map<RelativePath, Attributes> files = new TreeMap<>();
    RelativePath name = new RelativePath(target.name());
    files.put(name, source);
    Selection selection =
        Selection.of(
            files,
            existing == null ? Map.of() : Map.of(name, existing),
            target,
            options.onExisting());
    List<TransferItem> items =
        selection.wanted().isEmpty()
            ? List.of()
            : List.of(TransferPlanner.item(0, from, target, source));
    return run(items, NO_DIRECTORIES, target, options, selection);
  }

  private TransferReport copyDirectory(Location from, Location to, CopyOptions options)
      throws IOException {
    PathFilter filter = PathFilter.of(options.include(), options.exclude());
    TransferPlanner.Tree source = planner.list(from, filter);
    boolean deletes = options.deleteExtra().atMost() > 0;
    Map<RelativePath, Attributes> existing =
        options.onExisting() == OnExisting.OVERWRITE && !deletes ? Map.of() : existing(to, filter);
    Selection selection = Selection.of(source.files(), existing, to, options.onExisting());
    Map<RelativePath, Attributes> extra =
        deletes ? extra(source, existing, to, options.deleteExtra()) : Map.of();
    List<TransferItem> items = planner.items(from, to, selection.wanted());
    EmptyDirectories empty = EmptyDirectories.of(context.stores().of(to).traits(), to, source);
    TransferReport report = run(items, empty, to, options, selection);
    return options.mode() == CopyOptions.Mode.DRY_RUN ? report : delete(extra, to, report);
  }

  private Map<RelativePath, Attributes> existing(Location to, PathFilter filter)
      throws IOException {
    try {
      return planner.list(to, filter).files();
    } catch (DataNotFoundException absent) {
      return Map.of();
    }
  }

  private static Map<RelativePath, Attributes> extra(
      TransferPlanner.Tree source,
      Map<RelativePath, Attributes> existing,
      Location to,
      DeleteExtra allowed)
      throws CopyException {
    Map<RelativePath, Attributes> extra = new TreeMap<>(existing);
    extra.keySet().removeIf(source.files()::containsKey);
    if (extra.size() > allowed.atMost()) {
      throw new CopyException(
          FailureKind.CONFLICT,
          to.text(),
          "Cannot delete what only "
              + to
              + " has: it would be "
              + extra.size()
              + " files and at most "
              + allowed.atMost()
              + " are allowed. Nothing was changed. Look at them, or allow more.",
          null);
    }
    return extra;
  }

  private TransferReport run(
      List<TransferItem> items,
      EmptyDirectories empty,
      Location to,
      CopyOptions options,
      Selection selection)
      throws IOException {
    String id = options.jobId();
    TransferPlan plan =
        new TransferPlan(
            id == null ? JobNames.next() : id,
            items,
            empty.toMake(),
            metadata,
            options.onExisting());
    List<String> all = new ArrayList<>(empty.notes());
    all.addAll(selection.notes());
    if (options.mode() == CopyOptions.Mode.DRY_RUN) {
      all.add("A dry run: this is what would be copied, nothing was.");
      return new TransferReport(
          to.text(),
          items.size(),
          plan.bytes(),
          selection.skipped(),
          List.of(),
          Verification.LENGTH,
          engine.kind(),
          Duration.ZERO,
          Map.of(),
          plan.jobId(),
          all);
    }
    return job.run(plan, to.text(), selection.skipped(), all);
  }

  /** Last of all, and only after everything arrived. */
  private TransferReport delete(
      Map<RelativePath, Attributes> extra, Location to, TransferReport report) throws IOException {
    for (Map.Entry<RelativePath, Attributes> file : extra.entrySet()) {
      Location at = to.child(file.getKey());
      context.stores().of(at).delete(at, file.getValue());
    }
    return extra.isEmpty()
        ? report
        : job.after(report, extra.size() + " files that the source has not were deleted.");
  }
}
