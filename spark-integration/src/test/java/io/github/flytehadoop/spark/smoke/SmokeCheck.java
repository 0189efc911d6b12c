/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.smoke;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.spark.FlyteSpark;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** One thing that users do with the plugin. */
enum SmokeCheck {
  PARQUET {
    @Override
    void run(SparkSession spark, String root) throws Exception {
      writeOverwriteAndRead(spark, "parquet", root + "/parquet");
    }
  },
  CSV {
    @Override
    void run(SparkSession spark, String root) throws Exception {
      writeOverwriteAndRead(spark, "csv", root + "/csv");
    }
  },
  ORC {
    @Override
    void run(SparkSession spark, String root) throws Exception {
      writeOverwriteAndRead(spark, "orc", root + "/orc");
    }
  },
  /** Flyte's structured datasets. */
  DATASET {
    @Override
    void run(SparkSession spark, String root) throws Exception {
      TransferReport report = FlyteSpark.writeDataset(rows(spark, 70), root + "/dataset");
      expect(report.files() > 0, "no files");
      expect(FlyteSpark.readDataset(spark, report.uri(), "id").count() == 70, "rows are missing");
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
      CopyOptions options = CopyOptions.defaults().withEngine(Engine.SPARK);
      TransferReport report = provider.copy(root + "/parquet", root + "/copy", options);
      expect(report.engine() == Engine.SPARK, "copied by " + report.engine());
      expect(spark.read().parquet(root + "/copy").count() == 700, "rows are missing");
    }
  },
  /** Executors are JVMs of their own, and there are two. */
  EXECUTORS {
    @Override
    void run(SparkSession spark, String root) {
      long driver = ProcessHandle.current().pid();
      List<Long> pids = numbers(spark).map(number -> ProcessHandle.current().pid()).collect();
      expect(!pids.contains(driver), "a task ran in the driver");
      expect(pids.stream().distinct().count() == 2, "executors: " + pids);
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

  abstract void run(SparkSession spark, String root) throws Exception;

  private static Dataset<Row> rows(SparkSession spark, int count) {
    return spark
        .range(0, count, 1, 4)
        .selectExpr("id", "id % 7 as day", "concat('name ', id) as name");
  }

  private static void writeOverwriteAndRead(SparkSession spark, String format, String uri)
      throws Exception {
    rows(spark, 70).write().format(format).save(uri);
    rows(spark, 700).write().format(format).mode(SaveMode.Overwrite).save(uri);
    Dataset<Row> third =
        spark
            .read()
            .format(format)
            .schema("id bigint, day bigint, name string")
            .load(uri)
            .where("day = 3")
            .select("id");
    List<Row> found = third.collectAsList();
    expect(found.size() == 100, "100 rows expected, " + found.size() + " found");
    expect(found.stream().mapToLong(row -> row.getLong(0)).sum() == 34_950, "other rows");
    String plan = third.queryExecution().toString();
    expect(plan.contains("PushedFilters: [IsNotNull(day), EqualTo(day,3)]"), "filter: " + plan);
    expect(plan.contains("ReadSchema: struct<id:bigint,day:bigint>"), "columns: " + plan);
    // the short form of Azure's URIs becomes the long one
    expect(plan.contains(new Path(uri).toUri().getPath() + "]"), "location: " + plan);
    for (String name : names(spark, uri)) {
      expect(name.startsWith("part-"), "not data: " + name);
    }
  }

  /** Of all files below a directory, the hidden ones too. */
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
    expect(names.size() == 4, "files: " + names);
    return names;
  }

  private static JavaRDD<Integer> numbers(SparkSession spark) {
    List<Integer> numbers = List.of(0, 1, 2, 3, 4, 5, 6, 7);
    return JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(numbers, 8);
  }

  private static void expect(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
