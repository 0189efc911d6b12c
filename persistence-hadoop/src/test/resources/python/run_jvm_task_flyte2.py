"""The part of the flyte SDK in a task that runs on the JVM: declares it, writes its inputs, reads its outputs.

Arguments: plain, and inputs URI-OF-DIRECTORY (prints the serialised task) or outputs URI-OF-PREFIX (prints what
Python gets). Environment: FLYTE_AWS_*, and PYTHONPATH with the examples.
"""

import asyncio
import json
import sys
import tempfile
from pathlib import Path

import flyte
import flyte.storage as storage
from flyte._internal.runtime.convert import convert_from_native_to_inputs, convert_outputs_to_native
from flyte._internal.runtime.io import load_outputs, upload_inputs
from flyte._internal.runtime.task_serde import translate_task_to_wire
from flyte.io import Dir, File
from flyte.models import SerializationContext
from jvm_task_flyte2 import Point, jvm_task


async def write_inputs(directory):
    path = Path(tempfile.mkdtemp()) / "na mes.txt"
    path.write_text("one\ntwo\n")
    values = {
        "limit": 2,
        "title": "Größe",
        "points": [Point(1, 0.5, "a"), Point(2, 2.5), Point(3, 1.5, "c")],
        "weights": {"a": 0.25, "b": 0.5},
        "names": await File.from_local(str(path), f"{directory}/na mes.txt"),
    }
    inputs = await convert_from_native_to_inputs(jvm_task.native_interface, **values)
    await upload_inputs(inputs, f"{directory}/inputs.pb")


def declaration():
    context = SerializationContext(version="v", project="p", domain="d", org="o")
    template = translate_task_to_wire(jvm_task, context).task_template
    return {
        "type": template.type,
        "command": list(template.container.command),
        "arguments": list(template.container.args),
        "runtime": template.metadata.runtime.version,
        "sidecar": template.container.HasField("data_config"),
        "custom": None,
    }


async def read_outputs(prefix):
    outputs = await load_outputs(f"{prefix}/outputs.pb")
    values = await convert_outputs_to_native(jvm_task.native_interface, outputs)
    return {name: await shown(value) for name, value in zip(jvm_task.native_interface.outputs, values)}


async def shown(value):
    if isinstance(value, File):
        return [value.path.rsplit("/", 1)[-1], Path(await value.download()).read_text()]
    if isinstance(value, Dir):
        root = Path(await value.download())
        return {str(f.relative_to(root)): f.read_text() for f in sorted(root.rglob("*")) if f.is_file()}
    return value.__dict__ if hasattr(value, "__dataclass_fields__") else value


async def main(_, step, uri):
    await flyte.init.aio(storage=storage.S3.auto())
    if step == "inputs":
        await write_inputs(uri)
        print(json.dumps(declaration()))
    else:
        print(json.dumps(await read_outputs(uri)))


asyncio.run(main(*sys.argv[1:]))
