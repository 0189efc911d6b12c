"""The image of the Dockerfile beside this, as flytekit builds it, and a task that runs in it.

flyte-hadoop is not published yet: put its wheel into an index of yours and name that as pip_index.
"""

import flyte_hadoop
from flytekit import ImageSpec, current_context, task
from flytekitplugins.spark import Spark

image = ImageSpec(
    name="orders",
    registry="registry.example.org/flyte",
    apt_packages=["openjdk-17-jre-headless"],
    packages=["pyspark==3.5.9", "flytekitplugins-spark", "flyte-hadoop"],
    # the jars among Spark's own: executors have them before a session starts
    commands=["python -m flyte_hadoop link"],
)


@task(container_image=image, task_config=Spark(spark_conf=flyte_hadoop.spark_conf(installed=True)))
def orders(target: str) -> int:
    spark = current_context().spark_session
    spark.range(100).write.mode("overwrite").parquet(target)
    return spark.read.parquet(target).count()
