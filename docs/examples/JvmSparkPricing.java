import static org.apache.spark.sql.functions.col;

import io.github.flytehadoop.spark.task.FileAccessHandle;
import io.github.flytehadoop.spark.task.FlyteSparkTask;
import io.github.flytehadoop.task.ExitStatus;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * A Flyte task on Spark in Java: a dataset comes in, a dataset and a directory go back. Declared by
 * {@code jvm_spark_task.py}.
 */
public final class JvmSparkPricing {
  public static void main(String[] args) {
    ExitStatus status =
        FlyteSparkTask.run(
            args,
            task -> {
              Dataset<Row> orders = task.dataset("orders", "id", "price");
              double rate = task.inputs().getDouble("rate");
              Dataset<Row> priced = orders.withColumn("gross", col("price").multiply(rate));

              // executors read files with the driver's credentials
              FileAccessHandle files = task.files();
              String notes = task.inputs().file("notes").uri();
              long length =
                  task.spark()
                      .createDataset(List.of(notes), Encoders.STRING())
                      .map((MapFunction<String, Integer>) uri -> lengthOf(files, uri), Encoders.INT())
                      .first();

              Path model = Files.createTempDirectory("model-");
              Files.writeString(model.resolve("weights.txt"), "rate " + rate + "\n");
              task.putDataset("priced", priced);
              task.outputs().putDirectory("model", model);
              task.outputs().put("rows", priced.count());
              task.outputs().put("length", length);
            });
    System.exit(status.code()); // Spark is stopped
  }

  private static int lengthOf(FileAccessHandle files, String uri) throws Exception {
    try (InputStream in = files.openRead(uri)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).length();
    }
  }
}
