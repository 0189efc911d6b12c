/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import io.github.flytehadoop.cli.exit.ExitCode;
import io.github.flytehadoop.cli.output.Output;
import io.github.flytehadoop.location.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all verbs have: sessions to open, a place for results, and their own name. */
abstract class BaseCommand implements Callable<Integer> {
  private final Session.Factory sessions;
  private final Output output;

  @Spec private CommandSpec spec = CommandSpec.create();

  BaseCommand(Session.Factory sessions, Output output) {
    this.sessions = sessions;
    this.output = output;
  }

  /** Does it; fails with what {@code Failures} knows to explain. */
  abstract ExitCode run() throws IOException;

  @Override
  public final Integer call() throws IOException {
    return run().number();
  }

  final Session.Factory sessions() {
    return sessions;
  }

  final Output output() {
    return output;
  }

  final CommandSpec spec() {
    return spec;
  }

  /** A local path, with or without {@code file:}. */
  final Path local(String argument) {
    Location location = Location.parse(argument);
    if (!location.isLocal()) {
      throw usage(location + " is not a local path. Use flyte-data cp between stores");
    }
    return Path.of(location.key());
  }

  final ParameterException usage(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
