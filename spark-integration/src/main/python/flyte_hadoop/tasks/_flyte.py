"""Declarations for the flyte SDK (Flyte 2).

Neither is a ContainerTask: that one turns on a sidecar, which writes the outputs itself.
"""

import inspect

from flyte.extend import TaskTemplate
from flyte.models import NativeInterface
from flyteidl2.plugins import spark_pb2

from . import _command


class _InItsContainer(TaskTemplate):
    def __init__(self, task_type, name, image, inputs, outputs, arguments, **kwargs):
        given = {key: (python_type, inspect.Parameter.empty) for key, python_type in (inputs or {}).items()}
        interface = NativeInterface(given, outputs or {})
        super().__init__(name=name, task_type=task_type, image=image, interface=interface, **kwargs)
        self.command = []
        self.arguments = _command.words(_command.FLYTE_2, arguments)

    def container_args(self, serialize_context):
        return [*self.command, *self.arguments]

    async def execute(self, *args, **kwargs):
        raise NotImplementedError(_command.ELSEWHERE)


class JvmTaskTemplate(_InItsContainer):
    """A task whose container runs a main class that calls ``FlyteTask.run``.

    inputs and outputs map names to Python types. arguments are the program's own. Everything else (resources, cache,
    retries ..) goes to flyte's TaskTemplate. Put it into an environment by ``TaskEnvironment.from_task(name, task)``.
    """

    def __init__(
        self, name, image, main_class, inputs=None, outputs=None, class_path="/app/*",
        java_options=_command.JAVA_OPTIONS, arguments=(), **kwargs,
    ):
        super().__init__("container", name, image, inputs, outputs, arguments, **kwargs)
        self.command = _command.java(class_path, java_options, main_class)


class JvmSparkTaskTemplate(_InItsContainer):
    """A task whose Spark driver runs a main class that calls ``FlyteSparkTask.run``.

    application is the jar with the main class, such as ``local:///app/task.jar`` in the image.
    """

    def __init__(
        self, name, image, main_class, application, inputs=None, outputs=None, spark_conf=None, hadoop_conf=None,
        arguments=(), **kwargs,
    ):
        super().__init__("spark", name, image, inputs, outputs, arguments, **kwargs)
        self.job = _command.spark_job(spark_pb2, main_class, application, spark_conf, hadoop_conf)

    def custom_config(self, sctx):
        return self.job
