"""The part of flytekit in a task that runs on the JVM: declares it, writes its inputs, reads its outputs.

Arguments: plain|spark|wheel|wheel-spark (declared by the example or by the wheel's class), and inputs URI-OF-DIRECTORY (prints the serialised task) or outputs URI-OF-PREFIX (prints
what Python gets). Environment: FLYTE_AWS_*, and PYTHONPATH with the examples.
"""

import json
import sys
import tempfile
from collections import OrderedDict
from pathlib import Path

import no_warnings
import pandas as pd
from flyteidl.core import literals_pb2
from flytekit.configuration import DataConfig, Image, ImageConfig, SerializationSettings
from flytekit.core.context_manager import FlyteContextManager
from flytekit.core.data_persistence import FileAccessProvider
from flytekit.core.type_engine import TypeEngine
from flytekit.models.literals import Literal, LiteralMap, LiteralOffloadedMetadata
from flytekit.tools.translator import get_serializable
from flytekit.types.file import FlyteFile


def local(text, name):
    path = Path(tempfile.mkdtemp()) / name
    path.write_text(text)
    return str(path)


def plain():
    from jvm_task import Point, jvm_task

    values = {
        "limit": 2,
        "title": "Größe",
        "points": [Point(1, 0.5, "a"), Point(2, 2.5), Point(3, 1.5, "c")],
        "weights": {"a": 0.25, "b": 0.5},
        "names": FlyteFile(local("one\ntwo\n", "na mes.txt")),
    }
    return jvm_task, values, ["weights"]


def spark():
    from jvm_spark_task import jvm_spark_task

    orders = pd.DataFrame({"id": [1, 2, 3], "price": [1.5, 2.5, 4.0], "unused": ["x", "y", "z"]})
    return jvm_spark_task, {"orders": orders, "rate": 2.0, "notes": FlyteFile(local("12345", "n.txt"))}, []


def wheel():
    from flyte_hadoop.tasks import JvmTask
    from flytekit import Resources

    task, values, offloaded = plain()
    types = task.python_interface
    memory = Resources(mem="2Gi")
    own = JvmTask("wheel", task.image, "JvmTask", types.inputs, types.outputs, requests=memory)
    same(own, task)
    return own, values, offloaded


def wheel_spark():
    from flyte_hadoop.tasks import JvmSparkTask

    task, values, offloaded = spark()
    types = task.python_interface
    own = JvmSparkTask("wheel_spark", task.image, task.main_class, task.jar, types.inputs, types.outputs)
    same(own, task)
    return own, values, offloaded


def same(own, example):
    """The class of the wheel declares what the example does."""
    ours, theirs = serialized(own), serialized(example)
    assert ours.container.to_flyte_idl() == theirs.container.to_flyte_idl(), (ours.container, theirs.container)
    assert ours.interface.to_flyte_idl() == theirs.interface.to_flyte_idl()
    assert ours.type == theirs.type
    # the plugin says of Databricks that there is nothing to say
    custom = [{k: v for k, v in (each.custom or {}).items() if v} for each in (ours, theirs)]
    assert custom[0] == custom[1], custom


def put(fs, uri, data):
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        fs.put_data(file.name, uri)


def write_inputs(ctx, task, values, offloaded, directory):
    literals = TypeEngine.dict_to_literal_map(ctx, values, task.python_interface.inputs).literals
    for name in offloaded:
        data = literals[name].to_flyte_idl().SerializeToString()
        uri = f"{directory}/{name}.pb"
        put(ctx.file_access, uri, data)
        declared = task.interface.inputs[name].type
        literals[name] = Literal(offloaded_metadata=LiteralOffloadedMetadata(uri, len(data), declared))
    put(ctx.file_access, f"{directory}/inputs.pb", LiteralMap(literals).to_flyte_idl().SerializeToString())


def serialized(task):
    images = ImageConfig(default_image=Image("default", "image", "1"))
    return get_serializable(OrderedDict(), SerializationSettings(images, "p", "d", "v"), task).template


def declaration(task):
    template = serialized(task)
    return {
        "type": template.type,
        "command": list(template.container.command),
        "arguments": list(template.container.args),
        "runtime": template.metadata.runtime.version,
        "sidecar": template.container.data_loading_config is not None,
        "custom": template.custom,
    }


def read_outputs(ctx, task, prefix):
    local_file = str(Path(tempfile.mkdtemp()) / "outputs.pb")
    ctx.file_access.get_data(f"{prefix}/outputs.pb", local_file)
    message = literals_pb2.LiteralMap()
    message.ParseFromString(Path(local_file).read_bytes())
    types = {**task.python_interface.outputs}
    values = TypeEngine.literal_map_to_kwargs(ctx, LiteralMap.from_flyte_idl(message), types)
    return {name: shown(value) for name, value in values.items()}


def shown(value):
    if isinstance(value, FlyteFile):
        return [value.remote_source.rsplit("/", 1)[-1], Path(value.download()).read_text()]
    if type(value).__name__ == "FlyteDirectory":
        root = Path(value.download())
        return {str(f.relative_to(root)): f.read_text() for f in sorted(root.rglob("*")) if f.is_file()}
    if isinstance(value, pd.DataFrame):
        return value.sort_values("id").to_dict("records")
    return value.__dict__ if hasattr(value, "__dataclass_fields__") else value


def main(which, step, uri):
    task, values, offloaded = {"plain": plain, "spark": spark, "wheel": wheel, "wheel-spark": wheel_spark}[which]()
    raw = uri.rsplit("/", 1)[0] + "/python"
    access = FileAccessProvider(tempfile.mkdtemp(), raw, DataConfig.auto())
    with FlyteContextManager.with_context(FlyteContextManager.current_context().with_file_access(access)) as ctx:
        if step == "inputs":
            write_inputs(ctx, task, values, offloaded, uri)
            print(json.dumps(declaration(task)))
        else:
            no_warnings.watch()
            print(json.dumps(read_outputs(ctx, task, uri)))
            no_warnings.check()


main(*sys.argv[1:])
