"""A Flyte task in PySpark: orders of one store are archived on another and summed up.

    pyflyte run --raw-output-data-prefix s3://bucket/raw pyspark_task.py totals \
        --orders s3://bucket/orders --archive hdfs://namenode:8020/archive/orders

Where the stores are and how to sign in is what FLYTE_AWS_* and its like say, for Python and for
Spark; nothing here names an endpoint, a key or an spark.hadoop.fs.* option.
"""

import flytekit
from flytekit import task
from flytekit.types.structured import StructuredDataset
from flytekitplugins.spark import Spark
from pyspark.sql import functions as F

SPARK = {
    # the jar is in the image's SPARK_HOME/jars, or comes with
    # "spark.jars.packages": "io.github.flytehadoop:spark-integration_2.13:VERSION"
    "spark.plugins": "io.github.flytehadoop.spark.FlyteSparkPlugin",
}


@task(task_config=Spark(spark_conf=SPARK))
def totals(orders: str, archive: str) -> StructuredDataset:
    spark = flytekit.current_context().spark_session
    rows = spark.read.parquet(orders)
    # old files stay until the new ones are complete, on any store
    rows.write.mode("overwrite").partitionBy("country").parquet(archive)
    archived = spark.read.parquet(archive)
    # flytekit writes what is returned below the raw output prefix
    sums = archived.groupBy("country").agg(F.sum("amount").alias("amount"), F.max("at").alias("last"))
    return StructuredDataset(dataframe=sums)
