"""A task of Flyte 2 that is written in Java: the flyte SDK declares it, the container runs JvmTask."""

import inspect
from dataclasses import dataclass
from typing import Dict, List, Optional

import flyte
from flyte.extend import TaskTemplate
from flyte.io import Dir, File
from flyte.models import NativeInterface

ARGUMENTS = [
    "--inputs", "{{.input}}",
    "--outputs-path", "{{.outputPrefix}}",
    "--raw-data-path", "{{.rawOutputDataPrefix}}",
    "--checkpoint-path", "{{.checkpointOutputPrefix}}",
    "--prev-checkpoint", "{{.prevCheckpointPrefix}}",
    "--run-name", "{{.runName}}",
    "--name", "{{.actionName}}",
    "--run-start-time", "{{.runStartTime}}",
]


class JvmTask(TaskTemplate):
    """Not a ContainerTask: that one turns on a sidecar, which writes the outputs itself."""

    def __init__(self, name, image, main_class, inputs, outputs, **kwargs):
        interface = NativeInterface({k: (t, inspect.Parameter.empty) for k, t in inputs.items()}, outputs)
        super().__init__(name=name, task_type="container", image=image, interface=interface, **kwargs)
        self.main_class = main_class

    def container_args(self, serialize_context):
        return ["java", "-XX:MaxRAMPercentage=75", "-cp", "/app/*", self.main_class, *ARGUMENTS]


@dataclass
class Point:
    x: int
    y: float
    label: Optional[str] = None


jvm_task = JvmTask(
    "jvm_task", "registry/jvm-task:1", "JvmTask",
    inputs={"limit": int, "title": Optional[str], "points": List[Point], "weights": Dict[str, float], "names": File},
    outputs={
        "report": File, "directory": Dir, "best": Point,
        "total": float, "lines": List[str], "title": Optional[str],
    },
)
environment = flyte.TaskEnvironment.from_task("jvm", jvm_task)
