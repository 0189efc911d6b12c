"""A Flyte task in PySpark with the wheel flyte-hadoop, which brings the jars: no option names an endpoint or a key.

    pip install pyspark==3.5.9 flytekit flytekitplugins-spark spark-integration/target/flyte_hadoop-*.whl
    python pyspark_wheel_task.py s3://bucket/numbers

On a cluster the jars are in the image: it ran "python -m flyte_hadoop link", and the task takes
spark_conf(installed=True).
"""

import sys

import flyte_hadoop
import flytekit
from flytekit import task
from flytekitplugins.spark import Spark


@task(task_config=Spark(spark_conf=flyte_hadoop.spark_conf()))
def numbers(table: str) -> int:
    spark = flytekit.current_context().spark_session
    spark.range(1000).write.mode("overwrite").parquet(table)
    spark.range(100).write.mode("overwrite").parquet(table)
    return spark.read.parquet(table).count()


if __name__ == "__main__":
    print(f"{numbers(table=sys.argv[1])} rows")
