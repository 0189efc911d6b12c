/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.cli.option.ComparingOptions;
import io.github.flytehadoop.cli.option.ExistingOptions;
import io.github.flytehadoop.cli.output.Output;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.DeleteExtra;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "cp",
    description =
        "Copies a file, or with -r a directory, from store to store. What the target already has"
            + " is an error unless an option says otherwise.")
final class CopyCommand extends TransferVerb {
  private static final String FRAMEWORK = "mapreduce.framework.name";

  @Parameters(index = "0", paramLabel = "FROM", description = "A URI or local path.")
  private String from = "";

  @Parameters(index = "1", paramLabel = "TO", description = "A URI or local path.")
  private String to = "";

  @ArgGroup(exclusive = true)
  private ExistingOptions existing = new ExistingOptions();

  @ArgGroup(exclusive = true)
  private ComparingOptions comparing = new ComparingOptions();

  @Option(
      names = "--delete-extra",
      paramLabel = "N",
      description =
          "Last, delete what only the target has; when that is more than N files, fail and change"
              + " nothing. 0: fail when there is any.")
  private @Nullable Long deleteExtra;

  @Option(names = "--dry-run", description = "List and plan, write and delete nothing.")
  private boolean dryRun;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description =
          "Who moves the bytes: auto, local (this process), mapreduce (YARN) or spark (its session);"
              + " default auto.")
  private Engine engine = Engine.AUTO;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      description = "Workers of mapreduce or spark, 1 to 100000; default: as the cluster has room.")
  private @Nullable Integer tasks;

  CopyCommand(Session.Factory sessions, Output output) {
    super(sessions, output, "copied");
  }

  @Override
  void check() {
    if (deleteExtra != null && options().shape() == BlobDimensionality.SINGLE) {
      throw usage("--delete-extra compares directories: add --recursive");
    }
    if (comparing.isAsked() && existing.onExisting() != OnExisting.SKIP_IDENTICAL) {
      throw usage("--checksum and --size-only say what is the same: add --skip-identical");
    }
    copyOptions();
    if (engine == Engine.MAPREDUCE) {
      requireCluster(sessions().hadoopConfiguration());
    }
  }

  /** Hadoop's own default is a runner in this JVM, which nobody asks for by saying mapreduce. */
  private void requireCluster(Configuration hadoop) {
    String[] sources = hadoop.getPropertySources(FRAMEWORK);
    if (sources == null || sources[0].equals("mapred-default.xml")) {
      throw usage(
          "--engine mapreduce needs a cluster, and none is configured: "
              + FRAMEWORK
              + " is not set. Set HADOOP_CONF_DIR to the directory of mapred-site.xml and"
              + " yarn-site.xml, or use --engine local");
    }
  }

  @Override
  String pastTense() {
    return dryRun ? "would copy" : super.pastTense();
  }

  @Override
  TransferReport transfer(FileAccessProvider provider) throws IOException {
    return provider.copy(from, to, copyOptions());
  }

  private CopyOptions copyOptions() {
    CopyOptions copy =
        options()
            .copyOptions()
            .withOnExisting(existing.onExisting())
            .withCompareBy(comparing.compareBy())
            .withEngine(engine);
    copy = tasks == null ? copy : withTasks(copy, tasks);
    copy = deleteExtra == null ? copy : copy.withDeleteExtra(DeleteExtra.upTo(deleteExtra));
    return dryRun ? copy.withDryRun() : copy;
  }

  private CopyOptions withTasks(CopyOptions copy, int workers) {
    try {
      return copy.withTasks(workers);
    } catch (IllegalArgumentException outOfRange) {
      throw usage("--tasks takes 1 to 100000");
    }
  }
}
