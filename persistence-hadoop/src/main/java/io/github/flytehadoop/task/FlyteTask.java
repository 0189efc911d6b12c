/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.hadoop.ConfDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task of Flyte on the JVM.
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *   ExitStatus status = FlyteTask.run(args, task -> {
 *     long limit = task.inputs().getLong("limit");
 *     task.outputs().put("twice", 2 * limit);
 *   });
 *   System.exit(status.code());
 * }
 * }</pre>
 *
 * <p>The outputs are published when the body has returned, all at once. An exception of the body
 * becomes {@code error.pb}, which says whether another attempt can help. When the process is told
 * to end, as by SIGTERM, the thread of the body is interrupted and nothing is published.
 */
public final class FlyteTask implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FlyteTask.class);
  private static final int OF_SIGTERM = 128 + 15;

  /** A provider needs a prefix; nothing is made there, for uploads without one are refused. */
  private static final String NO_RAW_OUTPUT =
      Path.of(System.getProperty("java.io.tmpdir"), "flyte-no-raw-output").toString();

  private final TaskArguments arguments;
  private final TaskVariables variables;
  private final FileAccessProvider provider;
  private final TaskContext context;
  private final MetadataFiles files;
  private final TaskInputs inputs;
  private final TaskOutputs outputs;
  private final TaskCheckpoint checkpoint;
  private final FailureReport failures;
  private final Ending ending;
  private final Runnable whenClosed;

  private FlyteTask(
      TaskArguments arguments,
      TaskVariables variables,
      TaskLimits limits,
      FileAccessProvider provider,
      Runnable whenClosed) {
    this.arguments = arguments;
    this.variables = variables;
    this.provider = provider;
    this.whenClosed = whenClosed;
    this.context = TaskContext.of(arguments, variables);
    OffloadPolicy offloading = OffloadPolicy.of(arguments.generation(), variables);
    this.ending = Ending.watch();
    this.files = new MetadataFiles(provider, arguments, ending);
    this.inputs = new TaskInputs(new InputLiterals(provider, files, arguments, variables, limits));
    this.outputs =
        new TaskOutputs(
            arguments.generation(),
            new OutputUploads(provider, arguments.rawOutputPrefix()),
            files,
            offloading,
            limits);
    this.checkpoint = new TaskCheckpoint(provider, arguments);
    this.failures =
        new FailureReport(
            arguments.generation(),
            variables,
            files,
            new FailureText(provider.dataConfig(), variables.environment()));
  }

  /**
   * Runs a task from the arguments and the environment that the platform gave this process. It
   * never throws: end the process with the status.
   */
  public static ExitStatus run(String[] arguments, TaskBody body) {
    return run(arguments, System.getenv(), TaskLimits.defaults(), body);
  }

  /** The same with another environment and other limits. */
  public static ExitStatus run(
      String[] arguments, Map<String, String> environment, TaskLimits limits, TaskBody body) {
    Objects.requireNonNull(body, "body");
    try (FlyteTask task = open(TaskArguments.parse(arguments), environment, limits)) {
      return task.run(body);
    } catch (IOException | RuntimeException unusable) {
      String text = new FailureText(DataConfig.defaults(), environment).of(unusable);
      System.err.println("The task did not run, and the platform is not told why: " + text);
      return ExitStatus.UNREPORTED;
    }
  }

  /**
   * Opens a task with the usual limits: see {@link #open(TaskArguments, Map, TaskLimits)}.
   *
   * @throws IOException as {@link #open(TaskArguments, Map, TaskLimits)}
   */
  public static FlyteTask open(TaskArguments arguments, Map<String, String> environment)
      throws IOException {
    return open(arguments, environment, TaskLimits.defaults());
  }

  /**
   * Opens a task with a provider of its own, which the environment configures. Close it.
   *
   * @throws IOException when the file system of the raw output prefix cannot be made
   * @throws IllegalArgumentException when the inputs or outputs are where the platform does not
   *     read, or a variable cannot be used
   */
  public static FlyteTask open(
      TaskArguments arguments, Map<String, String> environment, TaskLimits limits)
      throws IOException {
    MetadataFiles.requireReadable(arguments, limits);
    String raw = arguments.rawOutputPrefix();
    FileAccessProvider provider =
        FileAccessProvider.builder()
            .temporarySandbox()
            .rawOutputPrefix(raw == null ? NO_RAW_OUTPUT : raw)
            .dataConfig(DataConfig.auto(null, environment))
            .hadoopConfiguration(ConfDirectory.configuration(environment))
            .executionMetadata(ExecutionMetadata.of(environment))
            .build();
    try {
      return new FlyteTask(
          arguments, new TaskVariables(environment), limits, provider, provider::close);
    } catch (RuntimeException unusable) {
      provider.close();
      throw unusable;
    }
  }

  /**
   * Opens a task on a provider of the caller, who closes it.
   *
   * @param provider whose raw output prefix is that of the arguments
   * @throws IllegalArgumentException as above
   */
  public static FlyteTask open(
      TaskArguments arguments,
      Map<String, String> environment,
      TaskLimits limits,
      FileAccessProvider provider) {
    MetadataFiles.requireReadable(arguments, limits);
    return new FlyteTask(arguments, new TaskVariables(environment), limits, provider, () -> {});
  }

  /** What the platform gives to the task, read when it is first asked for. */
  public TaskInputs inputs() {
    return inputs;
  }

  /** What the task gives back; {@link TaskOutputs#commit()} publishes it. */
  public TaskOutputs outputs() {
    return outputs;
  }

  /** Which task this is. */
  public TaskContext context() {
    return context;
  }

  /** What an attempt leaves for the next one. */
  public TaskCheckpoint checkpoint() {
    return checkpoint;
  }

  /** The user's own arguments, which follow {@code --}. */
  public List<String> arguments() {
    return arguments.rest();
  }

  /** For files that are neither inputs nor outputs. It is closed with the task. */
  public FileAccessProvider provider() {
    return provider;
  }

  /**
   * Writes a page that the console shows with the task, in place of the one before.
   *
   * @throws IOException when the store refuses
   */
  public void report(String html) throws IOException {
    String name = arguments.generation() == FlyteGeneration.FLYTE_1 ? "deck.html" : "report.html";
    files.writePage(name, html.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Runs the body, publishes the outputs or the failure, and says how it ended. It never throws.
   * Call it once, on the thread that opened the task.
   */
  public ExitStatus run(TaskBody body) {
    Throwable failure =
        failureOf(
            () -> {
              body.run(this);
              return null;
            });
    if (failure == null) {
      failure =
          failureOf(
              () -> {
                outputs.commit();
                return null;
              });
    }
    return failure == null ? ExitStatus.SUCCEEDED : failed(failure);
  }

  private ExitStatus failed(Throwable failure) {
    if (ending.isEnded()) {
      LOG.error("The process was told to end: nothing is published.");
      return new ExitStatus(ExitStatus.Outcome.UNREPORTED, OF_SIGTERM);
    }
    if (FailureRules.has(failure, IgnoreOutputsException.class)) {
      LOG.info("Another worker writes the outputs: {}", failure.getMessage());
      return ExitStatus.IGNORED;
    }
    LOG.error("The task failed: {}", failures.text(failure));
    Throwable unwritten =
        failureOf(
            () -> {
              failures.write(failure, provider.getRandomString());
              return null;
            });
    if (unwritten != null) {
      System.err.println(
          "The failure is not reported: "
              + failures.text(unwritten)
              + "\nThe task failed: "
              + failures.text(failure));
      return ExitStatus.UNREPORTED;
    }
    return new ExitStatus(ExitStatus.Outcome.FAILED, variables.failsOnError() ? 1 : 0);
  }

  /** Whatever a step throws, errors too. An interrupt that ended it does not reach the next one. */
  private @Nullable Throwable failureOf(Callable<@Nullable Void> step) {
    FutureTask<@Nullable Void> call = new FutureTask<>(step);
    call.run();
    try {
      call.get();
      return null;
    } catch (ExecutionException thrown) {
      return thrown.getCause();
    } catch (InterruptedException impossible) {
      // it is done
      return impossible;
    } finally {
      if (!ending.isEnded()) {
        Thread.interrupted();
      }
    }
  }

  /** Closes the provider, unless it is the caller's; harmless when repeated. */
  @Override
  public void close() {
    whenClosed.run();
    ending.close();
  }
}
