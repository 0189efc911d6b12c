/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.location.PathFilter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How {@code copy} goes about it.
 *
 * @param engine who moves the bytes
 * @param shape one file, or a directory
 * @param onExisting what to do with a file that the target already has
 * @param include globs on the path below the source; empty for everything
 * @param exclude globs that take out what {@code include} let in
 * @param deleteExtra whether what the source has not is deleted
 * @param mode for real, or only planned
 * @param jobId names the run, or null for a random name
 * @param limits of this JVM or of each worker, or null for the provider's
 * @param tasks workers of a distributed engine, or 0 for its own choice
 * @param manifest local file that gets a line of JSON for each file that was moved, or null
 * @param compareBy what {@link OnExisting#SKIP_IDENTICAL} rests on
 * @param onUnsupported what to do with an entry that cannot be transferred
 * @param preserve what is kept of a file besides its bytes
 */
public record CopyOptions(
    Engine engine,
    BlobDimensionality shape,
    OnExisting onExisting,
    List<String> include,
    List<String> exclude,
    DeleteExtra deleteExtra,
    Mode mode,
    @Nullable String jobId,
    @Nullable TransferLimits limits,
    int tasks,
    @Nullable Path manifest,
    CompareBy compareBy,
    OnUnsupported onUnsupported,
    Set<Preserve> preserve) {
  /** Whether anything is moved. */
  public enum Mode {
    /** The transfer happens. */
    RUN,
    /** Everything is listed and planned, nothing is written or deleted. */
    DRY_RUN
  }

  private static final CopyOptions DEFAULTS =
      new CopyOptions(
          Engine.AUTO,
          BlobDimensionality.MULTIPART,
          OnExisting.FAIL,
          List.of(),
          List.of(),
          DeleteExtra.never(),
          Mode.RUN,
          null,
          null,
          0,
          null,
          CompareBy.DIGESTS,
          OnUnsupported.FAIL,
          Set.of());

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException for a bad glob, job id or number of tasks
   */
  public CopyOptions {
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(onExisting, "onExisting");
    Objects.requireNonNull(deleteExtra, "deleteExtra");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(compareBy, "compareBy");
    Objects.requireNonNull(onUnsupported, "onUnsupported");
    preserve = Set.copyOf(preserve);
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    PathFilter.of(include, exclude);
    if (jobId != null && !jobId.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      throw Problem.cannot("use this job id")
          .because(
              "give 1 to 100 letters, digits, dots, dashes or underscores, a letter or digit first")
          .argument();
    }
    if (tasks < 0 || tasks > 100_000) {
      throw Problem.cannot("use " + tasks + " tasks")
          .because("give 1 to 100000, or 0 for the engine's choice")
          .argument();
    }
  }

  /** A directory, on the engine that fits, failing when the target has one of the files. */
  public static CopyOptions defaults() {
    return DEFAULTS;
  }

  /** A copy with another engine. */
  public CopyOptions withEngine(Engine other) {
    return with(o -> o.engine = other);
  }

  /** A copy with another shape. */
  public CopyOptions withShape(BlobDimensionality other) {
    return with(o -> o.shape = other);
  }

  /** A copy with another rule for files that are there. */
  public CopyOptions withOnExisting(OnExisting other) {
    return with(o -> o.onExisting = other);
  }

  /** A copy that takes only what one of these globs matches. */
  public CopyOptions withInclude(String... globs) {
    return with(o -> o.include = List.of(Objects.requireNonNull(globs, "globs")));
  }

  /** A copy that leaves out what one of these globs matches. */
  public CopyOptions withExclude(String... globs) {
    return with(o -> o.exclude = List.of(Objects.requireNonNull(globs, "globs")));
  }

  /** A copy with another rule for what only the target has. */
  public CopyOptions withDeleteExtra(DeleteExtra other) {
    return with(o -> o.deleteExtra = other);
  }

  /** A copy that plans and moves nothing. */
  public CopyOptions withDryRun() {
    return with(o -> o.mode = Mode.DRY_RUN);
  }

  /** A copy with a name of its own. */
  public CopyOptions withJobId(String name) {
    return with(o -> o.jobId = Objects.requireNonNull(name, "jobId"));
  }

  /** A copy with limits of its own. */
  public CopyOptions withLimits(TransferLimits other) {
    return with(o -> o.limits = Objects.requireNonNull(other, "limits"));
  }

  /** A copy with so many workers. */
  public CopyOptions withTasks(int workers) {
    return with(o -> o.tasks = workers);
  }

  /** A copy that leaves a manifest: a local file, outside of the data. */
  public CopyOptions withManifest(Path file) {
    return with(o -> o.manifest = Objects.requireNonNull(file, "manifest"));
  }

  /** A copy that tells in another way whether two files are the same. */
  public CopyOptions withCompareBy(CompareBy other) {
    return with(o -> o.compareBy = other);
  }

  /** A copy with another rule for entries that cannot be transferred. */
  public CopyOptions withOnUnsupported(OnUnsupported other) {
    return with(o -> o.onUnsupported = other);
  }

  /** A copy that keeps more of each file than its bytes. */
  public CopyOptions withPreserve(Preserve... kept) {
    return with(o -> o.preserve = Set.copyOf(List.of(Objects.requireNonNull(kept, "preserve"))));
  }

  private CopyOptions with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return new CopyOptions(
        copy.engine,
        copy.shape,
        copy.onExisting,
        copy.include,
        copy.exclude,
        copy.deleteExtra,
        copy.mode,
        copy.jobId,
        copy.limits,
        copy.tasks,
        copy.manifest,
        copy.compareBy,
        copy.onUnsupported,
        copy.preserve);
  }

  /** The options while one of them changes. */
  private static final class Copy {
    private Engine engine;
    private BlobDimensionality shape;
    private OnExisting onExisting;
    private List<String> include;
    private List<String> exclude;
    private DeleteExtra deleteExtra;
    private Mode mode;
    private @Nullable String jobId;
    private @Nullable TransferLimits limits;
    private int tasks;
    private @Nullable Path manifest;
    private CompareBy compareBy;
    private OnUnsupported onUnsupported;
    private Set<Preserve> preserve;

    Copy(CopyOptions from) {
      engine = from.engine;
      shape = from.shape;
      onExisting = from.onExisting;
      include = from.include;
      exclude = from.exclude;
      deleteExtra = from.deleteExtra;
      mode = from.mode;
      jobId = from.jobId;
      limits = from.limits;
      tasks = from.tasks;
      manifest = from.manifest;
      compareBy = from.compareBy;
      onUnsupported = from.onUnsupported;
      preserve = from.preserve;
    }
  }
}
