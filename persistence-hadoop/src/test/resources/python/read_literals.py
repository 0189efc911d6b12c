"""Reads what Java wrote with the real SDK: read_literals.py 1|2 FILE. Fails at the first value that differs or warning."""

import dataclasses
import enum
import math
import sys
import typing
from datetime import date, datetime, timedelta, timezone

import no_warnings

UTC = timezone.utc
family, path = sys.argv[1], sys.argv[2]
if family == "1":
    from flytekit import FlyteContextManager
    from flytekit.core.type_engine import TypeEngine
    from flytekit.models.literals import LiteralMap
    from flytekit.types.directory import FlyteDirectory as Directory
    from flytekit.types.file import FlyteFile as File
    from flytekit.types.structured.structured_dataset import StructuredDataset as Table
    from flyteidl.core import literals_pb2
else:
    import asyncio

    from flyte.io import DataFrame as Table
    from flyte.io import Dir as Directory
    from flyte.io import File
    from flyte.types import TypeEngine
    from flyteidl2.task import common_pb2


class Color(enum.Enum):
    RED = "red"
    GREEN = "green-ish"


@dataclasses.dataclass
class Point:
    x: int
    y: float
    label: typing.Optional[str] = None


@dataclasses.dataclass
class Everything:
    start: Point
    points: typing.List[Point]
    grid: typing.List[typing.List[int]]
    by_name: typing.Dict[str, Point]
    maybe: typing.Optional[Point]
    absent: typing.Optional[int]
    when: datetime
    took: timedelta
    day: date
    color: Color
    raw: bytes
    file: File
    tree: Directory
    flag: bool


POINT = Point(1, 2.5, "p")
LISTED = [Point(1, 1.0), Point(2, 2.0, "b")]
WHEN = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)

EXPECTED = {
    "int_zero": (int, 0),
    "int_big": (int, 2**53 + 1),
    "int_min": (int, -(2**63)),
    "real": (float, 1 / 3),
    "real_neg_zero": (float, -0.0),
    "real_inf": (float, -math.inf),
    "text": (str, "héllo 世界 🚀"),
    "text_empty": (str, ""),
    "truth": (bool, True),
    "falsehood": (bool, False),
    "instant": (datetime, WHEN),
    "instant_old": (datetime, datetime(1969, 12, 31, 23, 59, 59, 500000, tzinfo=UTC)),
    "offset": (datetime, datetime(2026, 1, 1, 22, 0, tzinfo=UTC)),
    "day": (date, date(2026, 2, 28)),
    "span": (timedelta, timedelta(days=2, seconds=3, microseconds=4)),
    "span_negative": (timedelta, timedelta(seconds=-1.5)),
    "ints": (typing.List[int], [1, 2, 3]),
    "ints_array": (typing.List[int], [4, 5]),
    "ints_empty": (typing.List[int], []),
    "lists": (typing.List[typing.List[str]], [["a"], [], ["b", "c"]]),
    "by_text": (typing.Dict[str, int], {"a": 1, "": 2}),
    "untyped": (dict, {"a": 1, "b": [1, 2.5, None, True, "x"], "c": {"d": -1}}),
    "by_int": (typing.Dict[int, str], {1: "one", 300: "two"}),
    "some_int": (typing.Optional[int], 5),
    "no_int": (typing.Optional[int], None),
    "bare_some": (typing.Optional[int], 5),
    "bare_none": (typing.Optional[int], None),
    "either_int": (typing.Union[int, str], 7),
    "either_text": (typing.Union[int, str], "a"),
    "either_real": (typing.Union[int, float], 7.0),
    "text_or_list": (typing.Union[str, typing.List[int]], [1, 2]),
    "list_or_map": (typing.Union[typing.List[int], typing.Dict[str, int]], {"k": 1}),
    "some_day": (typing.Optional[date], date(2026, 2, 28)),
    "some_instant": (typing.Optional[datetime], WHEN),
    "some_span": (typing.Optional[timedelta], timedelta(seconds=1)),
    "some_list": (typing.Optional[typing.List[str]], ["x"]),
    "some_untyped": (typing.Optional[dict], {"k": 1}),
    "list_of_some": (typing.List[typing.Optional[int]], [1, None, 3]),
    "map_of_some": (typing.Dict[str, typing.Optional[str]], {"a": "x", "b": None}),
    "color": (Color, Color.GREEN),
    "colors": (typing.List[Color], [Color.RED, Color.GREEN]),
    "some_color": (typing.Optional[Color], Color.GREEN),
    "point": (Point, POINT),
    "points": (typing.List[Point], LISTED),
    "points_by_name": (typing.Dict[str, Point], {"a": POINT}),
    "some_point": (typing.Optional[Point], POINT),
    "everything": (
        Everything,
        Everything(
            POINT,
            LISTED,
            [[1], [2, 3]],
            {"a": POINT},
            POINT,
            None,
            WHEN,
            timedelta(seconds=90.5),
            date(2026, 2, 28),
            Color.GREEN,
            b"\x00\xff",
            "s3://bucket/in/a.txt",
            "s3://bucket/in/tree",
            True,
        ),
    ),
    "file": (File, "s3://bucket/in/a b%20c.txt"),
    "some_file": (typing.Optional[File], "s3://bucket/in/a.txt"),
    "files": (typing.List[File], ["s3://bucket/in/1", "s3://bucket/in/2"]),
    "tree": (Directory, "s3://bucket/in/tree"),
    "some_tree": (typing.Optional[Directory], "s3://bucket/in/tree"),
    "table": (Table, ("s3://bucket/in/table", "parquet")),
    "some_table": (typing.Optional[Table], ("s3://bucket/in/table", "parquet")),
}
if family == "1":
    EXPECTED["csv_file"] = (File["csv"], "s3://bucket/in/a.csv")
    EXPECTED["some_csv_file"] = (typing.Optional[File["csv"]], "s3://bucket/in/a.csv")
else:
    import pydantic

    class Model(pydantic.BaseModel):
        n: int
        when: datetime
        inner: typing.Dict[str, typing.List[int]]

    EXPECTED["model"] = (Model, Model(n=1, when=WHEN.isoformat(), inner={"k": [1]}))
    EXPECTED["some_model"] = (typing.Optional[Model], Model(n=1, when=WHEN.isoformat(), inner={"k": [1]}))


def plain(value):
    """Files, directories and tables by their uris: nothing is fetched."""
    if dataclasses.is_dataclass(value) and not isinstance(value, (File, Directory, Table)):
        return type(value)(**{f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)})
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: value[key] for key in sorted(value, key=str)}
    if isinstance(value, Table) and family == "1":
        return (value.literal.uri, value.file_format)
    if isinstance(value, Table):
        return (value.uri, getattr(value, "file_format", None) or getattr(value, "format", None))
    if isinstance(value, (File, Directory)):
        return value.remote_source or value.path if family == "1" else value.path
    return value


def literals():
    data = open(path, "rb").read()
    if family == "1":
        return LiteralMap.from_flyte_idl(literals_pb2.LiteralMap.FromString(data)).literals
    return {named.name: named.value for named in common_pb2.Outputs.FromString(data).literals}


def read(literal, python_type):
    if family == "1":
        return TypeEngine.to_python_value(FlyteContextManager.current_context(), literal, python_type)
    return asyncio.run(TypeEngine.to_python_value(literal, python_type))


def main():
    values = literals()
    assert set(values) == set(EXPECTED), set(values) ^ set(EXPECTED)
    no_warnings.watch()
    differing = []
    for name, (python_type, expected) in EXPECTED.items():
        try:
            value = plain(read(values[name], python_type))
            if type(value) is not type(expected) or repr(value) != repr(plain(expected)):
                differing.append(f"{name}: {value!r} instead of {expected!r}")
        except Exception as failure:  # noqa: BLE001
            differing.append(f"{name}: {type(failure).__name__} {failure}")
    if differing:
        sys.exit("\n".join(differing))
    no_warnings.check()
    print(len(values), "read")


main()
