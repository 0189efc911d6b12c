/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import io.github.flytehadoop.cli.exit.Failures;
import io.github.flytehadoop.cli.exit.Interruption;
import io.github.flytehadoop.cli.option.GlobalOptions;
import io.github.flytehadoop.cli.option.Verbosity;
import io.github.flytehadoop.cli.output.Output;
import io.github.flytehadoop.cli.output.StandardOutput;
import io.github.flytehadoop.hadoop.proxy.JvmProxies;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;

/** {@code flyte-data}: moves and looks at data of Flyte tasks from a shell. */
@Command(
    name = "flyte-data",
    description = "Moves files and directories between local disks, HDFS, S3 and other stores.",
    versionProvider = FlyteData.Version.class,
    synopsisSubcommandLabel = "VERB",
    footerHeading = "%nExit codes%n",
    footer = {
      "  0 done, 1 failed, 2 usage, 3 partly done, 130 interrupted",
      "",
      "Paths are local, with or without file:, or URIs such as s3://bucket/key, hdfs://host/path.",
      "'flyte-data VERB --help' says what a verb takes; 'flyte-data quickstart' shows all at work."
    })
public final class FlyteData implements Runnable {
  private static final Duration CLEAN_UP = Duration.ofSeconds(20);
  private static final String METRICS_MODE = "hadoop.metrics.init.mode";

  @SuppressWarnings("UnusedVariable") // picocli fills it
  @Mixin
  private final GlobalOptions global;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version.")
  @SuppressWarnings("UnusedVariable") // picocli asks for it
  private boolean version;

  @Option(
      names = "--generate-completion",
      description = "Print a completion script for bash and zsh: source it.")
  private boolean completion;

  @Spec private CommandSpec spec = CommandSpec.create();

  private FlyteData(GlobalOptions global) {
    this.global = global;
  }

  /** Runs one verb and ends the process with its exit code. */
  public static void main(String[] args) {
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    startNoMetrics();
    JvmProxies.take(System.getenv());
    int code;
    try (Interruption watched = Interruption.watch(CLEAN_UP, err)) {
      // a read of a channel ends when its thread is interrupted
      InputStream in = Channels.newInputStream(new FileInputStream(FileDescriptor.in).getChannel());
      CliEnvironment surroundings =
          new CliEnvironment(
              watched.guard(in),
              new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
              err,
              System.getenv(),
              Integer.getInteger("flyte.terminal.columns", 0));
      code = run(surroundings, args);
    }
    System.exit(code);
  }

  /**
   * Nobody collects metrics of one command, and Hadoop's collector asks for the address of this
   * host: where there is none, it logs a stack trace.
   */
  private static void startNoMetrics() {
    if (System.getenv("HADOOP_METRICS_INIT_MODE") == null
        && System.getProperty(METRICS_MODE) == null) {
      System.setProperty(METRICS_MODE, "standby");
    }
  }

  /**
   * Runs one verb inside another program, such as a Spark application.
   *
   * @param environment variables that configure it, in place of those of this process
   * @return the exit code
   */
  public static int run(
      OutputStream out, PrintStream err, Map<String, String> environment, String... args) {
    return run(new CliEnvironment(System.in, out, err, environment, 0), args);
  }

  /** Runs one verb. */
  static int run(CliEnvironment around, String... args) {
    StandardOutput out = new StandardOutput(around.out());
    return out.end(around.err(), commandLine(around, out).execute(args));
  }

  /** All verbs, wired. */
  static CommandLine commandLine(CliEnvironment around, StandardOutput out) {
    GlobalOptions global = new GlobalOptions();
    Session.Factory sessions = new Session.Factory(global, around);
    Output output = new Output(out, global);
    Failures failures = new Failures(() -> global.loudness().compareTo(Verbosity.VERBOSE) >= 0);
    CommandLine all =
        new CommandLine(new FlyteData(global))
            .addSubcommand(new PutCommand(sessions, output))
            .addSubcommand(new GetCommand(sessions, output))
            .addSubcommand(new CopyCommand(sessions, output))
            .addSubcommand(new ListCommand(sessions, output))
            .addSubcommand(new StatCommand(sessions, output))
            .addSubcommand(new CatCommand(sessions, output))
            .addSubcommand(new LiteralCommand(sessions, output))
            .addSubcommand(new RemoveCommand(sessions, output))
            .addSubcommand(new CheckCommand(sessions, output))
            .addSubcommand(new PlanCommand(sessions, output))
            .addSubcommand(new ConfigCommand(sessions, output))
            .addSubcommand(new DoctorCommand(sessions, output))
            .addSubcommand(new BenchCommand(sessions, output))
            .addSubcommand(new QuickstartCommand(sessions, output));
    return all.setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(100)
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(around.err(), true, StandardCharsets.UTF_8))
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .setExecutionStrategy(
            parsed -> {
              global.loudness().apply();
              return new RunLast().execute(parsed);
            });
  }

  @Override
  public void run() {
    if (!completion) {
      throw new ParameterException(spec.commandLine(), "no verb was given");
    }
    spec.commandLine().getOut().print(AutoComplete.bash(spec.name(), spec.commandLine()));
    spec.commandLine().getOut().flush();
  }

  /** The version of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = FlyteData.class.getPackage().getImplementationVersion();
      return new String[] {"flyte-data " + Objects.requireNonNullElse(version, "unpackaged")};
    }
  }
}
