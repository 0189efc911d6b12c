"""Declarations for flytekit (Flyte 1).

Neither is a ContainerTask: that one turns on a sidecar, which writes the outputs itself.
"""

from flyteidl.plugins import spark_pb2
from flytekit import Resources
from flytekit.core.base_task import PythonTask
from flytekit.core.interface import Interface
from flytekit.core.resources import ResourceSpec
from flytekit.core.utils import _get_container_definition

from . import _command


class _InItsContainer(PythonTask):
    def __init__(self, task_type, name, image, inputs, outputs, requests, limits, arguments, **kwargs):
        super().__init__(task_type, name, interface=Interface(inputs or {}, outputs or {}), **kwargs)
        self.image = image
        self.resources = ResourceSpec(requests=requests or Resources(), limits=limits or requests or Resources())
        self.arguments = _command.words(_command.FLYTE_1, arguments)

    def _container(self, command):
        return _get_container_definition(
            image=self.image,
            resource_spec=self.resources,
            command=command,
            args=self.arguments,
            environment=self.environment,
        )

    def execute(self, **kwargs):
        raise NotImplementedError(_command.ELSEWHERE)


class JvmTask(_InItsContainer):
    """A task whose container runs a main class that calls ``FlyteTask.run``.

    inputs and outputs map names to Python types, as a function's signature does. arguments are the program's own.
    Everything else (cache, retries, environment, metadata ..) goes to flytekit's PythonTask.
    """

    def __init__(
        self, name, image, main_class, inputs=None, outputs=None, class_path="/app/*",
        java_options=_command.JAVA_OPTIONS, requests=None, limits=None, arguments=(), **kwargs,
    ):
        super().__init__("container", name, image, inputs, outputs, requests, limits, arguments, **kwargs)
        self.command = _command.java(class_path, java_options, main_class)

    def get_container(self, settings):
        return self._container(self.command)


class JvmSparkTask(_InItsContainer):
    """A task whose Spark driver runs a main class that calls ``FlyteSparkTask.run``.

    application is the jar with the main class, such as ``local:///app/task.jar`` in the image.
    """

    def __init__(
        self, name, image, main_class, application, inputs=None, outputs=None, spark_conf=None, hadoop_conf=None,
        requests=None, limits=None, arguments=(), **kwargs,
    ):
        super().__init__("spark", name, image, inputs, outputs, requests, limits, arguments, **kwargs)
        self.job = _command.spark_job(spark_pb2, main_class, application, spark_conf, hadoop_conf)

    def get_custom(self, settings):
        return self.job

    def get_container(self, settings):
        # the arguments become those of the application; Spark's operator makes the command
        return self._container([])
