"""PySpark with nothing but two packages of pip: pyspark and flyte-hadoop, which brings the jars.

flyte-hadoop is not published yet: ./mvnw -DskipTests install makes its wheel.

pip install pyspark==3.5.9 spark-integration/target/flyte_hadoop-*.whl
python pyspark_wheel.py s3://bucket/orders
"""

import sys

from pyspark.sql import SparkSession

import flyte_hadoop

builder = SparkSession.builder
for key, value in flyte_hadoop.spark_conf().items():
    builder = builder.config(key, value)
spark = builder.getOrCreate()

spark.range(1000).write.mode("overwrite").parquet(sys.argv[1])
spark.range(100).write.mode("overwrite").parquet(sys.argv[1])
spark.range(100, 110).write.mode("append").parquet(sys.argv[1])
print(f"{spark.read.parquet(sys.argv[1]).count()} rows")
spark.stop()
