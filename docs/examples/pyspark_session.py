"""PySpark in a session that somebody else has started, without the plugin: one line configures it.

    spark-submit --packages io.github.flytehadoop:spark-integration_2.13:VERSION \
        pyspark_session.py hdfs://namenode:8020/archive/orders s3://bucket/orders-copy
"""

import sys

from pyspark.sql import SparkSession

source, target = sys.argv[1:]
spark = SparkSession.builder.getOrCreate()

# before a store is first used; the jar must be on the class path since the session started
spark._jvm.io.github.flytehadoop.spark.FlyteSpark.configure(spark._jsparkSession)

rows = spark.read.parquet(source)
rows.write.mode("overwrite").parquet(target)
print(f"copied {spark.read.parquet(target).count()} rows")
spark.stop()
