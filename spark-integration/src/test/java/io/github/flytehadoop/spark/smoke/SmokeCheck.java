/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.smoke;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.spark.FlyteSpark;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.PendingOutput;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** One thing that users do with the plugin: a column of docs/compatibility.md, but for the last. */
public enum SmokeCheck {
  /** Executors are JVMs of their own, and there are two. */
  START {
    @Override
    void run(SparkSession spark, String root) {
      long driver = ProcessHandle.current().pid();
      List<Long> pids = numbers(spark).map(number -> ProcessHandle.current().pid()).collect();
      expect(!pids.contains(driver), "a task ran in the driver");
      expect(pids.stream().distinct().count() == 2, "executors: " + pids);
    }
  },
  /** Tables that are written, read in part, and added to. */
  READERS_AND_WRITERS {
    @Override
    void run(SparkSession spark, String root) throws Exception {
      for (String format : FORMATS) {
        String uri = root + "/" + format;
        rows(spark, 700).write().format(format).save(uri);
        readThird(spark, format, uri);
        rows(spark, 70).write().format(format).mode(SaveMode.Append).save(uri);
        expectRows(spark, format, uri, 770);
      }
    }
  },
  /** Of tables, and of those partitions that have new rows. */
  OVERWRITE {
    @Override
    void run(SparkSession spark, String root) throws Exception {
      for (String format : FORMATS) {
        String uri = root + "/overwritten-" + format;
        rows(spark, 70).write().format(format).save(uri);
        rows(spark, 700).write().format(format).mode(SaveMode.Overwrite).save(uri);
        readThird(spark, format, uri);
        overwritePartition(spark, format, root + "/days-" + format);
      }
    }
  },
  /** Flyte's structured datasets, one of them copied by the executors. */
  DATASETS {
    @Override
    void run(SparkSession spark, String root) throws Exception {
      TransferReport report = FlyteSpark.writeDataset(rows(spark, 70), root + "/dataset");
      expect(report.files() > 0, "no files");
      expect(FlyteSpark.readDataset(spark, report.uri(), "id").count() == 70, "rows are missing");
      copy(spark, root, report.uri(), root + "/dataset-copy");
      long copied = FlyteSpark.readDataset(spark, root + "/dataset-copy").count();
      expect(copied == 70, "copied rows: " + copied);
    }
  },
  /** Files from within tasks. */
  PROVIDER {
    @Override
    void run(SparkSession spark, String root) throws Exception {
      FileAccessProvider provider = FlyteSpark.provider(spark, root + "/raw");
      String input = provider.putRawData(RawData.text("from the driver")).uri();
      List<String> uris =
          numbers(spark)
              .map(
                  number -> {
                    try (InputStream in = provider.openRead(input)) {
                      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                      return provider.putRawData(RawData.text(text + number)).uri();
                    }
                  })
              .collect();
      for (String uri : uris) {
        expect(provider.stat(uri).length() >= 16, "not written: " + uri);
      }
    }
  },
  /** A directory copied by the executors. */
  COPY {
    @Override
    void run(SparkSession spark, String root) throws Exception {
      FileAccessProvider provider = FlyteSpark.provider(spark, root + "/raw");
      for (int number = 0; number < 10; number++) {
        try (PendingOutput out = provider.openWrite(root + "/files/" + number)) {
          out.write(text(number));
          out.commit();
        }
      }
      TransferReport report = copy(spark, root, root + "/files", root + "/files-copy");
      expect(report.files() == 10, "files: " + report.files());
      for (int number = 0; number < 10; number++) {
        try (InputStream in = provider.openRead(root + "/files-copy/" + number)) {
          expect(Arrays.equals(in.readAllBytes(), text(number)), "other bytes: " + number);
        }
      }
    }

    private static byte[] text(int number) {
      return "file ".repeat(number * 1000).getBytes(StandardCharsets.UTF_8);
    }
  },
  /** What executors tell Spark's metric system of providers, and of Spark's own writers. */
  METRICS {
    @Override
    void run(SparkSession spark, String root) throws Exception {
      FileAccessProvider provider = FlyteSpark.provider(spark, root + "/raw");
      List<String> meters = root.startsWith("s3:") ? OF_PROVIDERS : OF_PROVIDERS.subList(0, 1);
      for (String meter : meters) {
        List<Double> grown =
            numbers(spark)
                .map(
                    number -> {
                      double before = SmokeMeters.value(meter);
                      provider.putRawData(RawData.text("counted " + number));
                      return SmokeMeters.value(meter) - before;
                    })
                .collect();
        expect(grown.stream().allMatch(more -> more > 0), meter + " of providers: " + grown);
      }
      for (String meter : OF_WRITERS) {
        double before = ofExecutors(spark, meter);
        rows(spark, 700).write().mode(SaveMode.Overwrite).parquet(root + "/counted");
        expectRows(spark, "parquet", root + "/counted", 700);
        expect(ofExecutors(spark, meter) > before, meter + " of Spark is still " + before);
      }
    }
  },
  /** What fails says why, for whoever looks for secrets in it. */
  FAILURES {
    @Override
    void run(SparkSession spark, String root) throws Exception {
      try {
        spark.read().parquet(root + "/absent").count();
        throw new IllegalStateException("a directory that is not there was read");
      } catch (Exception expected) {
        expected.printStackTrace();
      }
      FileAccessProvider provider = FlyteSpark.provider(spark, root + "/raw");
      String absent = root + "/absent";
      try {
        numbers(spark).map(number -> provider.openRead(absent).read()).collect();
        throw new IllegalStateException("a file that is not there was read");
      } catch (Exception expected) {
        expected.printStackTrace();
      }
    }
  };

  private static final List<String> FORMATS = List.of("parquet", "csv", "orc");
  private static final List<String> OF_PROVIDERS = List.of("files", "requests", "seconds");
  private static final List<String> OF_WRITERS = List.of("files", "bytesWritten", "bytesRead");

  abstract void run(SparkSession spark, String root) throws Exception;

  private static Dataset<Row> rows(SparkSession spark, int count) {
    return spark
        .range(0, count, 1, 4)
        .selectExpr("id", "id % 7 as day", "concat('name ', id) as name");
  }

  private static void readThird(SparkSession spark, String format, String uri) throws Exception {
    Dataset<Row> third = table(spark, format, uri).where("day = 3").select("id");
    List<Row> found = third.collectAsList();
    expect(found.size() == 100, "100 rows expected, " + found.size() + " found");
    expect(found.stream().mapToLong(row -> row.getLong(0)).sum() == 34_950, "other rows");
    String plan = third.queryExecution().toString();
    expect(plan.contains("PushedFilters: [IsNotNull(day), EqualTo(day,3)]"), "filter: " + plan);
    expect(plan.contains("ReadSchema: struct<id:bigint,day:bigint>"), "columns: " + plan);
    // the short form of Azure's URIs becomes the long one
    expect(plan.contains(new Path(uri).toUri().getPath() + "]"), "location: " + plan);
    List<String> names = names(spark, uri);
    expect(names.size() == 4, "files: " + names);
  }

  private static Dataset<Row> table(SparkSession spark, String format, String uri) {
    return spark.read().format(format).schema("id bigint, day bigint, name string").load(uri);
  }

  private static void expectRows(SparkSession spark, String format, String uri, long expected) {
    long count = table(spark, format, uri).count();
    expect(count == expected, "rows of " + format + ": " + count);
  }

  private static void overwritePartition(SparkSession spark, String format, String uri)
      throws Exception {
    // one file for each of the seven days
    rows(spark, 70).coalesce(1).write().format(format).partitionBy("day").save(uri);
    rows(spark, 700)
        .where("day = 3")
        .write()
        .format(format)
        .mode(SaveMode.Overwrite)
        .option("partitionOverwriteMode", "dynamic")
        .partitionBy("day")
        .save(uri);
    expectRows(spark, format, uri, 160);
    names(spark, uri);
  }

  private static TransferReport copy(SparkSession spark, String root, String from, String to)
      throws Exception {
    FileAccessProvider provider = FlyteSpark.provider(spark, root + "/raw");
    CopyOptions options = CopyOptions.defaults().withEngine(Engine.SPARK);
    TransferReport report = provider.copy(from, to, options);
    expect(report.engine() == Engine.SPARK, "copied by " + report.engine());
    return report;
  }

  /** Of all files below a directory, the hidden ones too: none but data. */
  private static List<String> names(SparkSession spark, String uri) throws Exception {
    Path directory = new Path(uri);
    List<String> names = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> files =
        directory
            .getFileSystem(spark.sparkContext().hadoopConfiguration())
            .listFiles(directory, true);
    while (files.hasNext()) {
      names.add(files.next().getPath().getName());
    }
    for (String name : names) {
      expect(name.startsWith("part-"), "not data: " + name);
    }
    return names;
  }

  private static JavaRDD<Integer> numbers(SparkSession spark) {
    List<Integer> numbers = List.of(0, 1, 2, 3, 4, 5, 6, 7);
    return JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(numbers, 8);
  }

  private static double ofExecutors(SparkSession spark, String meter) {
    Map<Long, Double> each =
        numbers(spark)
            .mapToPair(
                number -> new Tuple2<>(ProcessHandle.current().pid(), SmokeMeters.value(meter)))
            .collectAsMap();
    expect(each.size() == 2, "executors: " + each);
    return each.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static void expect(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
