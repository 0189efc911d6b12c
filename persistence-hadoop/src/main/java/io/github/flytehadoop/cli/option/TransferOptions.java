/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.option;

import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.OnUnsupported;
import io.github.flytehadoop.transfer.Preserve;
import io.github.flytehadoop.transfer.TransferLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What put, get and cp share: which files, and how many at once. */
public final class TransferOptions {
  @Option(
      names = {"-r", "--recursive"},
      description = "A directory with everything below it (Flyte's MULTIPART).")
  private boolean recursive;

  @Option(
      names = "--include",
      paramLabel = "GLOB",
      description = "Only files whose path below the source matches; ** crosses directories.")
  private List<String> include = new ArrayList<>();

  @Option(names = "--exclude", paramLabel = "GLOB", description = "Not these, even when included.")
  private List<String> exclude = new ArrayList<>();

  @Option(
      names = "--files-in-flight",
      paramLabel = "N",
      description = "Files open at once, 1 to 1024; default 64.")
  private @Nullable Integer filesInFlight;

  @Option(
      names = "--streams",
      paramLabel = "N",
      description = "Streams that move bytes at once, 1 to 1024; default 32.")
  private @Nullable Integer streams;

  @Option(
      names = "--part-size",
      paramLabel = "SIZE",
      converter = ByteSize.Converter.class,
      description = "Part of a large file, 5MiB to 5GiB; default 25MiB.")
  private @Nullable ByteSize partSize;

  @Option(
      names = "--bandwidth",
      paramLabel = "SIZE",
      converter = ByteSize.Converter.class,
      description = "Bytes a second over all files, such as 10MiB; 0, the default: no limit.")
  private @Nullable ByteSize bandwidth;

  @Option(
      names = "--attempts",
      paramLabel = "N",
      description = "Tries for each file, 1 to 100; default 3.")
  private @Nullable Integer attempts;

  @Option(
      names = "--job-id",
      paramLabel = "ID",
      description =
          "A name for this run: when it was stopped, the same command with the same name goes on"
              + " where it was.")
  private @Nullable String jobId;

  @Option(
      names = "--manifest",
      paramLabel = "FILE",
      description =
          "A local file that gets, when the run has ended, a line of JSON for each file that was"
              + " moved: path, size, checksum, attempts, milliseconds, worker.")
  private @Nullable Path manifest;

  @Option(
      names = "--on-unsupported",
      paramLabel = "RULE",
      description =
          "What to do with an entry that cannot be moved, such as a pipe, a broken link, a"
              + " directory without permission or a key with an empty segment: fail, the default,"
              + " or skip: leave it out, name it, and end with 3.")
  private OnUnsupported onUnsupported = OnUnsupported.FAIL;

  @Option(
      names = "--preserve",
      paramLabel = "WHAT",
      split = ",",
      description =
          "What to keep of a file besides its bytes: mode, its permissions and those of the"
              + " directories that are made; from and to the local disk and HDFS.")
  private List<Preserve> preserve = new ArrayList<>();

  /** Nothing is asked for yet. */
  public TransferOptions() {}

  /** One file, or a directory. */
  public BlobDimensionality shape() {
    return recursive ? BlobDimensionality.MULTIPART : BlobDimensionality.SINGLE;
  }

  /** What a copy has to know of this. */
  public CopyOptions copyOptions() {
    CopyOptions options =
        CopyOptions.defaults()
            .withShape(shape())
            .withOnUnsupported(onUnsupported)
            .withPreserve(preserve.toArray(Preserve[]::new))
            .withInclude(include.toArray(String[]::new))
            .withExclude(exclude.toArray(String[]::new));
    options = jobId == null ? options : options.withJobId(jobId);
    return manifest == null ? options : options.withManifest(manifest);
  }

  /** Whether only a copy can do what is asked for: some files are left out, or it has a name. */
  public boolean needsCopy() {
    return isFiltered()
        || jobId != null
        || manifest != null
        || onUnsupported != OnUnsupported.FAIL
        || !preserve.isEmpty();
  }

  /** Whether some files are left out. */
  public boolean isFiltered() {
    return !include.isEmpty() || !exclude.isEmpty();
  }

  /**
   * The limits, the defaults where nothing was said.
   *
   * @throws ParameterException naming the option and its range
   */
  public TransferLimits limits(CommandSpec verb) {
    if (isFiltered() && !recursive) {
      throw new ParameterException(
          verb.commandLine(),
          "--include and --exclude choose files of a directory: add --recursive");
    }
    Checked limits = new Checked(verb, TransferLimits.defaults());
    limits.set("--files-in-flight", filesInFlight, l -> l.withFilesInFlight(some(filesInFlight)));
    limits.set("--streams", streams, l -> l.withPartsInFlight(some(streams)));
    limits.set("--attempts", attempts, l -> l.withAttempts(some(attempts)));
    limits.set("--part-size", partSize, l -> l.withPartSizeBytes(some(partSize).bytes()));
    limits.set(
        "--bandwidth", bandwidth, l -> l.withBandwidthBytesPerSecond(some(bandwidth).bytes()));
    return limits.limits;
  }

  private static <T> T some(@Nullable T value) {
    return Objects.requireNonNull(value);
  }

  /** Applies one option after the other, and says which was out of its range. */
  private static final class Checked {
    private final CommandSpec verb;
    private TransferLimits limits;

    Checked(CommandSpec verb, TransferLimits limits) {
      this.verb = verb;
      this.limits = limits;
    }

    void set(String option, @Nullable Object value, UnaryOperator<TransferLimits> change) {
      if (value == null) {
        return;
      }
      try {
        limits = change.apply(limits);
      } catch (IllegalArgumentException outOfRange) {
        String reason = Objects.requireNonNullElse(outOfRange.getMessage(), "");
        int colon = reason.indexOf(':');
        String given = reason.substring(reason.lastIndexOf(' ', colon) + 1, colon);
        String message =
            Problem.cannot("use " + option, given).because(reason.substring(colon + 2)).message();
        throw new ParameterException(verb.commandLine(), message, outOfRange);
      }
    }
  }
}
