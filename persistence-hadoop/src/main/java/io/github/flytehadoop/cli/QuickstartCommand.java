/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import io.github.flytehadoop.cli.exit.ExitCode;
import io.github.flytehadoop.cli.output.Output;
import io.github.flytehadoop.cli.output.ProgressDisplay;
import io.github.flytehadoop.cli.quickstart.Quickstart;
import io.github.flytehadoop.cli.quickstart.Steps;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.location.TemporaryDirectory;
import io.github.flytehadoop.transfer.ProgressListener;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(
    name = "quickstart",
    description =
        "Shows the main job with nothing configured: puts a tree of files into an HDFS inside this"
            + " process, lists, copies and gets it, and compares every byte.")
final class QuickstartCommand extends BaseCommand {
  private static final String HDFS = "org.apache.hadoop.hdfs.MiniDFSCluster";

  QuickstartCommand(Session.Factory sessions, Output output) {
    super(sessions, output);
  }

  @Override
  ExitCode run() throws IOException {
    requireHdfs();
    String home = System.getProperty("flyte.data.home");
    Path project = home == null ? null : Path.of(home);
    try (TemporaryDirectory scratch = TemporaryDirectory.create("flyte-quickstart-")) {
      @Nullable ProgressDisplay display = sessions().display("quickstart");
      ProgressListener progress = display == null ? new ProgressListener() {} : display;
      return new Quickstart(scratch.path(), new Steps(output()), progress).run(project);
    }
  }

  private void requireHdfs() {
    try {
      Class.forName(HDFS, false, getClass().getClassLoader());
    } catch (ClassNotFoundException absent) {
      throw Problem.cannot("run quickstart")
          .because("hadoop-client-minicluster is not on the class path")
          .remedy("Start it with bin/flyte-data of a checkout.")
          .causedBy(absent)
          .made(UnsupportedOperationException::new);
    }
  }
}
