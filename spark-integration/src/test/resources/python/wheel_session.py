"""A session that was started without the jars: one line configures it."""

import sys

import flyte_hadoop
from pyspark.sql import SparkSession

root = sys.argv[1]
spark = SparkSession.builder.master(sys.argv[2]).getOrCreate()
flyte_hadoop.configure(spark)
rows = spark.range(0, 70, 1, 2)
rows.write.mode("overwrite").csv(root + "/csv")
rows.write.mode("overwrite").csv(root + "/csv")
entry = getattr(spark._jvm, "io.github.flytehadoop.spark.FlyteSpark")
report = entry.writeDataset(rows._jdf, root + "/dataset")
dataset = entry.readDataset(spark._jsparkSession, report.uri())
provider = entry.provider(spark._jsparkSession, root + "/raw")
put = provider.putRawData(spark._jvm.io.github.flytehadoop.transfer.RawData.text("from Python"))
print(spark.read.csv(root + "/csv").count(), dataset.count(), provider.stat(put.uri()).length())
spark.stop()

# the JVM stays, the executors are new
spark = SparkSession.builder.master(sys.argv[2]).getOrCreate()
flyte_hadoop.configure(spark)
spark.range(0, 7, 1, 2).write.mode("overwrite").csv(root + "/csv")
print(spark.read.csv(root + "/csv").count())
spark.stop()
