import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.spark.FlyteSpark;
import io.github.flytehadoop.spark.data.DatasetFormat;
import io.github.flytehadoop.spark.data.DatasetOptions;
import io.github.flytehadoop.transfer.RawData;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A Flyte task on Spark, on the JVM: orders of one store are archived on another and summed up.
 *
 * <pre>
 * spark-submit --packages io.github.flytehadoop:spark-integration_2.13:VERSION \
 *     --conf spark.plugins=io.github.flytehadoop.spark.FlyteSparkPlugin \
 *     --class JvmSparkTask task.jar \
 *     s3://bucket/orders hdfs://namenode:8020/archive/orders {{.rawOutputDataPrefix}}
 * </pre>
 *
 * <p>Stores and credentials are what the driver's FLYTE_AWS_* and its like say.
 */
public final class JvmSparkTask {
  public static void main(String[] args) throws Exception {
    String orders = args[0];
    String archive = args[1];
    String rawOutputPrefix = args[2];

    try (SparkSession spark = SparkSession.builder().appName("totals").getOrCreate()) {
      DatasetOptions csv = DatasetOptions.defaults().withFormat(DatasetFormat.CSV);
      Dataset<Row> rows = FlyteSpark.readDataset(spark, orders, csv, "country", "amount");

      // Parquet, in place of what is there, which stays until the new files are complete
      FlyteSpark.writeDataset(rows, archive);

      // a dataset without a home of its own goes below the raw output prefix
      FileAccessProvider provider = FlyteSpark.provider(spark, rawOutputPrefix);
      Dataset<Row> totals =
          FlyteSpark.readDataset(spark, archive).groupBy("country").sum("amount").coalesce(1);
      String uri =
          FlyteSpark.writeDataset(
                  totals.orderBy("country"),
                  provider.getRandomRemoteDirectory(),
                  DatasetOptions.defaults().withFormat(DatasetFormat.JSON))
              .uri();

      // and so do files
      String note = provider.putRawData(RawData.text("totals are in " + uri)).uri();
      System.out.println(note);
    }
  }
}
