/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.task;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.literal.Column;
import io.github.flytehadoop.literal.StructuredDataset;
import io.github.flytehadoop.spark.FlyteSpark;
import io.github.flytehadoop.spark.data.DatasetFormat;
import io.github.flytehadoop.spark.data.DatasetOptions;
import io.github.flytehadoop.task.ExitStatus;
import io.github.flytehadoop.task.FlyteTask;
import io.github.flytehadoop.task.TaskArguments;
import io.github.flytehadoop.task.TaskCheckpoint;
import io.github.flytehadoop.task.TaskContext;
import io.github.flytehadoop.task.TaskInputs;
import io.github.flytehadoop.task.TaskLimits;
import io.github.flytehadoop.task.TaskOutputs;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A task of Flyte whose process is the driver of a Spark application.
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *   ExitStatus status = FlyteSparkTask.run(args, task -> {
 *     Dataset<Row> orders = task.dataset("orders", "id", "price");
 *     task.putDataset("cheap", orders.where("price < 10"));
 *   });
 *   System.exit(status.code());
 * }
 * }</pre>
 *
 * <p>The driver alone speaks with Flyte's platform. The outputs or the failure are written first,
 * then Spark is stopped: an application that ends with another status than 0 is one that failed for
 * the platform, which then does not read why.
 */
public final class FlyteSparkTask {
  private final FlyteTask task;
  private final SparkSession spark;
  private final FileAccessHandle files;

  private FlyteSparkTask(FlyteTask task, SparkSession spark) {
    this.task = task;
    this.spark = spark;
    this.files = new FileAccessHandle(task.provider());
  }

  /**
   * Runs a task in the session that {@code spark-submit} describes, which is stopped at the end. It
   * never throws: end the process with the status.
   */
  public static ExitStatus run(String[] arguments, SparkTaskBody body) {
    return run(arguments, TaskLimits.defaults(), () -> SparkSession.builder().getOrCreate(), body);
  }

  /**
   * The same with other limits, in a session that the caller describes.
   *
   * @param sessions makes the session, which is stopped at the end
   */
  public static ExitStatus run(
      String[] arguments, TaskLimits limits, Supplier<SparkSession> sessions, SparkTaskBody body) {
    Objects.requireNonNull(body, "body");
    SparkSession spark;
    try {
      spark = sessions.get();
    } catch (RuntimeException unstarted) {
      return failed(arguments, limits, unstarted);
    }
    try (FlyteTask task = open(TaskArguments.parse(arguments), limits, spark)) {
      return task.run(opened -> body.run(new FlyteSparkTask(opened, spark)));
    } catch (IOException | RuntimeException unusable) {
      return failed(arguments, limits, unusable);
    } finally {
      spark.stop();
    }
  }

  private static FlyteTask open(TaskArguments arguments, TaskLimits limits, SparkSession spark)
      throws IOException {
    String raw = arguments.rawOutputPrefix();
    FileAccessProvider provider =
        raw == null ? FlyteSpark.provider(spark) : FlyteSpark.provider(spark, raw);
    return FlyteTask.open(arguments, System.getenv(), limits, provider);
  }

  /** Without Spark's configuration there is still the driver's environment to write with. */
  private static ExitStatus failed(String[] arguments, TaskLimits limits, Exception failure) {
    return FlyteTask.run(
        arguments,
        System.getenv(),
        limits,
        task -> {
          throw failure;
        });
  }

  /** The session, with the configuration of Flyte. */
  public SparkSession spark() {
    return spark;
  }

  /** The inputs; what is in them is read by the driver. */
  public TaskInputs inputs() {
    return task.inputs();
  }

  /** What the task gives back, datasets of Spark among it. */
  public TaskOutputs outputs() {
    return task.outputs();
  }

  /** Which task this is. */
  public TaskContext context() {
    return task.context();
  }

  /** What an attempt leaves for the next one. */
  public TaskCheckpoint checkpoint() {
    return task.checkpoint();
  }

  /** The user's own arguments, which follow {@code --}. */
  public List<String> arguments() {
    return task.arguments();
  }

  /** Writes a page that the console shows with the task: see {@link FlyteTask#report}. */
  public void report(String html) throws IOException {
    task.report(html);
  }

  /** Files, for functions that executors run too. */
  public FileAccessHandle files() {
    return files;
  }

  /**
   * The rows of an input, whatever it is in Python: a {@code DataFrame}, a {@code
   * StructuredDataset} or the older {@code FlyteSchema}.
   *
   * @param columns the columns to read; those that the input declares when none is given, all when
   *     it declares none
   * @throws io.github.flytehadoop.error.DataNotFoundException when its data has gone
   * @throws IllegalArgumentException when its format is not known
   */
  public Dataset<Row> dataset(String name, String... columns) throws IOException {
    StructuredDataset dataset = inputs().dataset(name);
    String[] wanted =
        columns.length > 0
            ? columns
            : dataset.columns().stream().map(Column::name).toArray(String[]::new);
    DatasetOptions options =
        DatasetOptions.defaults().withFormat(DatasetFormat.of(dataset.format()));
    return FlyteSpark.readDataset(spark, dataset.uri(), options, wanted);
  }

  /** Writes rows as Parquet below the raw output prefix, and puts them as an output. */
  public void putDataset(String name, Dataset<Row> rows) throws IOException {
    putDataset(name, rows, DatasetOptions.defaults());
  }

  /** Writes rows in a format, of which Python reads Parquet and CSV, and puts them as an output. */
  public void putDataset(String name, Dataset<Row> rows, DatasetOptions options)
      throws IOException {
    String uri = task.provider().getRandomRemoteDirectory();
    try (DatasetJobs jobs = new DatasetJobs(spark, task.provider(), uri)) {
      FlyteSpark.writeDataset(rows, uri, options);
      jobs.succeeded();
    }
    String format = options.format().name().toLowerCase(Locale.ROOT);
    outputs().putDataset(name, new StructuredDataset(uri, format));
  }
}
