"""A task of Flyte 1 on Spark that is written in Java: the driver runs JvmSparkPricing."""

import pandas as pd
from flytekit import Resources
from flytekit.core.base_task import PythonTask
from flytekit.core.interface import Interface
from flytekit.core.resources import ResourceSpec
from flytekit.core.utils import _get_container_definition
from flytekit.types.directory import FlyteDirectory
from flytekit.types.file import FlyteFile
from flytekitplugins.spark.models import SparkJob, SparkType
from google.protobuf.json_format import MessageToDict
from jvm_task import ARGUMENTS


class JvmSparkTask(PythonTask):
    def __init__(self, name, image, main_class, jar, inputs, outputs, spark_conf=None, **kwargs):
        super().__init__("spark", name, interface=Interface(inputs, outputs), **kwargs)
        self.image, self.main_class, self.jar = image, main_class, jar
        self.spark_conf = {
            "spark.plugins": "io.github.flytehadoop.spark.FlyteSparkPlugin",
            **(spark_conf or {}),
        }

    def get_custom(self, settings):
        return MessageToDict(SparkJob(
            spark_type=SparkType.JAVA, main_class=self.main_class, application_file=self.jar,
            spark_conf=self.spark_conf, hadoop_conf={}, executor_path="",
        ).to_flyte_idl())

    def get_container(self, settings):
        # the arguments become those of the application; Spark's operator makes the command
        return _get_container_definition(
            image=self.image, resource_spec=ResourceSpec(Resources(), Resources()),
            command=[], args=ARGUMENTS, environment=self.environment,
        )

    def execute(self, **kwargs):
        raise NotImplementedError("It runs on Spark: execute it on a cluster.")


jvm_spark_task = JvmSparkTask(
    "jvm_spark_task", "registry/jvm-spark-task:1", "JvmSparkPricing", "local:///app/task.jar",
    inputs={"orders": pd.DataFrame, "rate": float, "notes": FlyteFile},
    outputs={"priced": pd.DataFrame, "model": FlyteDirectory, "rows": int, "length": int},
)
