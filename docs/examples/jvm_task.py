"""A task of Flyte 1 that is written in Java: flytekit declares it, the container runs JvmTask."""

from dataclasses import dataclass
from typing import Dict, List, Optional

from flytekit import Resources
from flytekit.core.base_task import PythonTask
from flytekit.core.interface import Interface
from flytekit.core.resources import ResourceSpec
from flytekit.core.utils import _get_container_definition
from flytekit.types.directory import FlyteDirectory
from flytekit.types.file import FlyteFile

ARGUMENTS = [
    "--inputs", "{{.input}}",
    "--output-prefix", "{{.outputPrefix}}",
    "--raw-output-data-prefix", "{{.rawOutputDataPrefix}}",
    "--checkpoint-path", "{{.checkpointOutputPrefix}}",
    "--prev-checkpoint", "{{.prevCheckpointPrefix}}",
]


class JvmTask(PythonTask):
    """Not a ContainerTask: that one turns on a sidecar, which writes the outputs itself."""

    def __init__(self, name, image, main_class, inputs, outputs, memory="2Gi", **kwargs):
        super().__init__("container", name, interface=Interface(inputs, outputs), **kwargs)
        self.image, self.main_class, self.memory = image, main_class, memory

    def get_container(self, settings):
        return _get_container_definition(
            image=self.image,
            resource_spec=ResourceSpec(requests=Resources(mem=self.memory), limits=Resources(mem=self.memory)),
            command=["java", "-XX:MaxRAMPercentage=75", "-cp", "/app/*", self.main_class],
            args=ARGUMENTS,
            environment=self.environment,
        )

    def execute(self, **kwargs):
        raise NotImplementedError("It runs in its container: execute it on a cluster.")


@dataclass
class Point:
    x: int
    y: float
    label: Optional[str] = None


jvm_task = JvmTask(
    "jvm_task", "registry/jvm-task:1", "JvmTask",
    inputs={"limit": int, "title": Optional[str], "points": List[Point], "weights": Dict[str, float], "names": FlyteFile},
    outputs={
        "report": FlyteFile, "directory": FlyteDirectory, "best": Point,
        "total": float, "lines": List[str], "title": Optional[str],
    },
)
