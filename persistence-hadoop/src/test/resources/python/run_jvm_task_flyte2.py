"""The part of the flyte SDK in a task that runs on the JVM: declares it, writes its inputs, reads its outputs.

Arguments: plain|wheel|wheel-spark (declared by the example or by the wheel's class), and inputs URI-OF-DIRECTORY (prints the serialised task) or outputs URI-OF-PREFIX (prints what
Python gets). Environment: FLYTE_AWS_*, and PYTHONPATH with the examples.
"""

import asyncio
import json
import sys
import tempfile
from pathlib import Path

import flyte
import flyte.storage as storage
import no_warnings
from flyte._internal.runtime.convert import convert_from_native_to_inputs, convert_outputs_to_native
from flyte._internal.runtime.io import load_outputs, upload_inputs
from flyte._internal.runtime.task_serde import translate_task_to_wire
from flyte.io import Dir, File
from flyte.models import SerializationContext
from google.protobuf.json_format import MessageToDict
from jvm_task_flyte2 import Point, jvm_task as example




async def plain(directory):
    path = Path(tempfile.mkdtemp()) / "na mes.txt"
    path.write_text("one\ntwo\n")
    return example, {
        "limit": 2,
        "title": "Größe",
        "points": [Point(1, 0.5, "a"), Point(2, 2.5), Point(3, 1.5, "c")],
        "weights": {"a": 0.25, "b": 0.5},
        "names": await File.from_local(str(path), f"{directory}/na mes.txt"),
    }


def types(interface):
    return {name: given[0] for name, given in interface.inputs.items()}, interface.outputs


async def wheel(directory):
    from flyte_hadoop.tasks import JvmTaskTemplate

    _, values = await plain(directory)
    own = JvmTaskTemplate("wheel", example.image, "JvmTask", *types(example.native_interface))
    flyte.TaskEnvironment.from_task("jvm", own)
    ours, theirs = serialized(own), serialized(example)
    assert ours.container == theirs.container, (ours.container, theirs.container)
    assert ours.interface == theirs.interface and ours.type == theirs.type
    return own, values


async def wheel_spark(directory):
    import pandas as pd
    from flyte.io import DataFrame
    from flyte_hadoop.tasks import JvmSparkTaskTemplate

    path = Path(tempfile.mkdtemp()) / "n.txt"
    path.write_text("12345")
    own = JvmSparkTaskTemplate(
        "wheel_spark", "registry/jvm-spark-task:1", "JvmSparkPricing", "local:///app/task.jar",
        inputs={"orders": DataFrame, "rate": float, "notes": File},
        outputs={"priced": DataFrame, "model": Dir, "rows": int, "length": int},
    )
    flyte.TaskEnvironment.from_task("jvm_spark", own)
    orders = pd.DataFrame({"id": [1, 2, 3], "price": [1.5, 2.5, 4.0], "unused": ["x", "y", "z"]})
    orders.to_parquet(path.with_name("00000"))
    # an SDK without a platform does not upload frames itself
    await storage.put(str(path.with_name("00000")), f"{directory}/orders/00000")
    return own, {
        "orders": DataFrame.from_existing_remote(f"{directory}/orders", format="parquet"),
        "rate": 2.0,
        "notes": await File.from_local(str(path), f"{directory}/n.txt"),
    }


async def write_inputs(task, values, directory):
    inputs = await convert_from_native_to_inputs(task.native_interface, **values)
    await upload_inputs(inputs, f"{directory}/inputs.pb")


def serialized(task):
    context = SerializationContext(version="v", project="p", domain="d", org="o")
    return translate_task_to_wire(task, context).task_template


def declaration(task):
    template = serialized(task)
    return {
        "type": template.type,
        "command": list(template.container.command),
        "arguments": list(template.container.args),
        "runtime": template.metadata.runtime.version,
        "sidecar": template.container.HasField("data_config"),
        "custom": MessageToDict(template.custom) if template.HasField("custom") else None,
    }


async def read_outputs(task, prefix):
    outputs = await load_outputs(f"{prefix}/outputs.pb")
    values = await convert_outputs_to_native(task.native_interface, outputs)
    return {name: await shown(value) for name, value in zip(task.native_interface.outputs, values)}


async def shown(value):
    if isinstance(value, File):
        return [value.path.rsplit("/", 1)[-1], Path(await value.download()).read_text()]
    if isinstance(value, Dir):
        root = Path(await value.download())
        return {str(f.relative_to(root)): f.read_text() for f in sorted(root.rglob("*")) if f.is_file()}
    if type(value).__name__ == "DataFrame":
        import pandas as pd

        return (await value.open(pd.DataFrame).all()).sort_values("id").to_dict("records")
    return value.__dict__ if hasattr(value, "__dataclass_fields__") else value


async def main(which, step, uri):
    await flyte.init.aio(storage=storage.S3.auto())
    directory = uri if step == "inputs" else uri.removesuffix("/data/0")
    task, values = await {"plain": plain, "wheel": wheel, "wheel-spark": wheel_spark}[which](directory)
    if step == "inputs":
        await write_inputs(task, values, uri)
        print(json.dumps(declaration(task)))
    else:
        no_warnings.watch()
        print(json.dumps(await read_outputs(task, uri)))
        no_warnings.check()


asyncio.run(main(*sys.argv[1:]))
