/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.location.PathFilter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
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
    CompareBy compareBy) {
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
          CompareBy.DIGESTS);

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
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    PathFilter.of(include, exclude);
    if (jobId != null && !jobId.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      throw new IllegalArgumentException(
          "Cannot use this job id: give 1 to 100 letters, digits, dots, dashes or underscores, a letter or digit first.");
    }
    if (tasks < 0 || tasks > 100_000) {
      throw new IllegalArgumentException(
          "Cannot use " + tasks + " tasks: give 1 to 100000, or 0 for the engine's choice.");
    }
  }

  /** A directory, on the engine that fits, failing when the target has one of the files. */
  public static CopyOptions defaults() {
    return DEFAULTS;
  }

  /** A copy with another engine. */
  public CopyOptions withEngine(Engine other) {
    return new CopyOptions(
        other,
        shape,
        onExisting,
        include,
        exclude,
        deleteExtra,
        mode,
        jobId,
        limits,
        tasks,
        manifest,
        compareBy);
  }

  /** A copy with another shape. */
  public CopyOptions withShape(BlobDimensionality other) {
    return new CopyOptions(
        engine,
        other,
        onExisting,
        include,
        exclude,
        deleteExtra,
        mode,
        jobId,
        limits,
        tasks,
        manifest,
        compareBy);
  }

  /** A copy with another rule for files that are there. */
  public CopyOptions withOnExisting(OnExisting other) {
    return new CopyOptions(
        engine,
        shape,
        other,
        include,
        exclude,
        deleteExtra,
        mode,
        jobId,
        limits,
        tasks,
        manifest,
        compareBy);
  }

  /** A copy that takes only what one of these globs matches. */
  public CopyOptions withInclude(String... globs) {
    return new CopyOptions(
        engine,
        shape,
        onExisting,
        List.of(Objects.requireNonNull(globs, "globs")),
        exclude,
        deleteExtra,
        mode,
        jobId,
        limits,
        tasks,
        manifest,
        compareBy);
  }

  /** A copy that leaves out what one of these globs matches. */
  public CopyOptions withExclude(String... globs) {
    return new CopyOptions(
        engine,
        shape,
        onExisting,
        include,
        List.of(Objects.requireNonNull(globs, "globs")),
        deleteExtra,
        mode,
        jobId,
        limits,
        tasks,
        manifest,
        compareBy);
  }

  /** A copy with another rule for what only the target has. */
  public CopyOptions withDeleteExtra(DeleteExtra other) {
    return new CopyOptions(
        engine,
        shape,
        onExisting,
        include,
        exclude,
        other,
        mode,
        jobId,
        limits,
        tasks,
        manifest,
        compareBy);
  }

  /** A copy that plans and moves nothing. */
  public CopyOptions withDryRun() {
    return new CopyOptions(
        engine,
        shape,
        onExisting,
        include,
        exclude,
        deleteExtra,
        Mode.DRY_RUN,
        jobId,
        limits,
        tasks,
        manifest,
        compareBy);
  }

  /** A copy with a name of its own. */
  public CopyOptions withJobId(String name) {
    return new CopyOptions(
        engine,
        shape,
        onExisting,
        include,
        exclude,
        deleteExtra,
        mode,
        Objects.requireNonNull(name, "jobId"),
        limits,
        tasks,
        manifest,
        compareBy);
  }

  /** A copy with limits of its own. */
  public CopyOptions withLimits(TransferLimits other) {
    return new CopyOptions(
        engine,
        shape,
        onExisting,
        include,
        exclude,
        deleteExtra,
        mode,
        jobId,
        Objects.requireNonNull(other, "limits"),
        tasks,
        manifest,
        compareBy);
  }

  /** A copy with so many workers. */
  public CopyOptions withTasks(int workers) {
    return new CopyOptions(
        engine,
        shape,
        onExisting,
        include,
        exclude,
        deleteExtra,
        mode,
        jobId,
        limits,
        workers,
        manifest,
        compareBy);
  }

  /** A copy that leaves a manifest: a local file, outside of the data. */
  public CopyOptions withManifest(Path file) {
    return new CopyOptions(
        engine,
        shape,
        onExisting,
        include,
        exclude,
        deleteExtra,
        mode,
        jobId,
        limits,
        tasks,
        Objects.requireNonNull(file, "manifest"),
        compareBy);
  }

  /** A copy that tells in another way whether two files are the same. */
  public CopyOptions withCompareBy(CompareBy other) {
    return new CopyOptions(
        engine,
        shape,
        onExisting,
        include,
        exclude,
        deleteExtra,
        mode,
        jobId,
        limits,
        tasks,
        manifest,
        other);
  }
}
