/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import io.github.flytehadoop.cli.exit.ExitCode;
import io.github.flytehadoop.cli.output.DoctorResult;
import io.github.flytehadoop.cli.output.Output;
import io.github.flytehadoop.doctor.Doctor;
import io.github.flytehadoop.doctor.Finding;
import io.github.flytehadoop.location.Location;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "doctor",
    description =
        "Examines jars, endpoint, identity, TLS, clock and permissions; each line that fails says"
            + " what to do.")
final class DoctorCommand extends BaseCommand {
  @Parameters(
      paramLabel = "URI",
      arity = "0..1",
      description = "A directory; a probe is written below it and removed again.")
  private @Nullable String uri;

  DoctorCommand(Session.Factory sessions, Output output) {
    super(sessions, output);
  }

  @Override
  ExitCode run() throws IOException {
    Doctor doctor =
        new Doctor(
            sessions().resolve().config(),
            sessions().hadoopConfiguration(),
            sessions().around().environment());
    List<Finding> findings = uri == null ? doctor.examine() : doctor.examine(Location.parse(uri));
    output().print(new DoctorResult(findings));
    return findings.stream().anyMatch(Finding::isFailed) ? ExitCode.FAILED : ExitCode.DONE;
  }
}
