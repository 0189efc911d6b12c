"""Writes and reads datasets with flytekit's own encoders and decoders, as its tasks do.

Arguments: steps STEP=URI[,COLUMN...], carried out in order. A step that reads prints one line of JSON.
Environment: FLYTE_AWS_*, as Flyte sets it.
"""

import json
import os
import sys
import tempfile
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pandas as pd
import pyarrow as pa
from flytekit.configuration import DataConfig
from flytekit.core.context_manager import FlyteContextManager
from flytekit.core.data_persistence import FileAccessProvider
from flytekit.models.literals import StructuredDataset as Dataset
from flytekit.models.literals import StructuredDatasetMetadata
from flytekit.models.types import LiteralType, SimpleType, StructuredDatasetType
from flytekit.types.structured import basic_dfs
from flytekit.types.structured.structured_dataset import StructuredDataset

EPOCH = datetime(1970, 1, 1)
FIRST = datetime(2023, 11, 14, 22, 13, 20, 123456)


def rows(count):
    """The rows that DatasetRows.java makes with Spark."""
    return pa.table(
        {
            "id": pa.array(range(count), pa.int64()),
            "a.name": pa.array([str(i) for i in range(count)], pa.string()),
            "even": pa.array([i % 2 == 0 for i in range(count)], pa.bool_()),
            "ratio": pa.array([i / 4 for i in range(count)], pa.float64()),
            "price": pa.array([Decimal(i).scaleb(-2) for i in range(count)], pa.decimal128(10, 2)),
            "at": pa.array(
                [(FIRST + timedelta(microseconds=i)).replace(tzinfo=timezone.utc) for i in range(count)],
                pa.timestamp("us", "UTC"),
            ),
            "local": pa.array([FIRST + timedelta(microseconds=i) for i in range(count)], pa.timestamp("us")),
            "day": pa.array([date(2024, 2, 28) + timedelta(days=i) for i in range(count)], pa.date32()),
            "note": pa.array([None if i == 3 else f'line\nbreak "{i}" ü' for i in range(count)], pa.string()),
            "blob": pa.array([bytes([i % 256, 0, 255]) for i in range(count)], pa.binary()),
            "numbers": pa.array([[j for j in range(i % 3)] for i in range(count)], pa.list_(pa.int64())),
        }
    )


def micros(at):
    return str((at.replace(tzinfo=None) - EPOCH) // timedelta(microseconds=1))


def cell(value):
    """The text of a value, the same for Spark's rows."""
    if isinstance(value, (list, tuple)) or type(value).__name__ == "ndarray":
        return "[" + ",".join(cell(each) for each in value) + "]"
    if value is None or value is pd.NaT:
        return "null"
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, pd.Timestamp):
        return micros(value.to_pydatetime())
    if isinstance(value, datetime):
        return micros(value)
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return str(bool(value)).lower()
    return str(value)


def show(columns):
    names, types, values = columns
    print(json.dumps({"columns": names, "types": types, "rows": sorted("|".join(map(cell, row)) for row in values)}))


def of_pandas(frame):
    return list(frame.columns), [str(each) for each in frame.dtypes], frame.itertuples(index=False, name=None)


def of_arrow(table):
    values = zip(*(column.to_pylist() for column in table.columns)) if table.num_columns else []
    return table.column_names, [str(each) for each in table.schema.types], values


def step(context, verb, uri, columns):
    dataset_type = StructuredDatasetType(
        columns=[
            StructuredDatasetType.DatasetColumn(name, LiteralType(simple=SimpleType.STRING)) for name in columns
        ]
    )
    literal = Dataset(uri, StructuredDatasetMetadata(dataset_type))

    def write(encoder, frame):
        encoder.encode(context, StructuredDataset(dataframe=frame, uri=uri), StructuredDatasetType())

    def read(decoder):
        return decoder.decode(context, literal, literal.metadata)

    if verb == "write-pandas":
        write(basic_dfs.PandasToParquetEncodingHandler(), rows(10).to_pandas())
    elif verb == "write-pandas-empty":
        write(basic_dfs.PandasToParquetEncodingHandler(), rows(0).to_pandas())
    elif verb == "write-arrow":
        write(basic_dfs.ArrowToParquetEncodingHandler(), rows(10))
    elif verb == "write-csv":
        write(basic_dfs.PandasToCSVEncodingHandler(), rows(10).to_pandas()[["id", "a.name", "even", "ratio", "note"]])
    elif verb == "read-pandas":
        show(of_pandas(read(basic_dfs.ParquetToPandasDecodingHandler())))
    elif verb == "read-arrow":
        show(of_arrow(read(basic_dfs.ParquetToArrowDecodingHandler())))
    elif verb == "read-csv":
        show(of_pandas(read(basic_dfs.CSVToPandasDecodingHandler())))
    elif verb == "read-s3-arrow":
        # flytekit's decoder for Arrow gives pyarrow a bare path; this is what its users write instead
        import pyarrow.parquet as pq

        filesystem = context.file_access.get_filesystem_for_path(uri)
        show(of_arrow(pq.read_table(uri.split("://", 1)[1], filesystem=filesystem, columns=columns or None)))
    else:
        raise SystemExit(f"unknown step {verb}")


def main():
    access = FileAccessProvider(tempfile.mkdtemp(), tempfile.mkdtemp(), DataConfig.auto())
    builder = FlyteContextManager.current_context().with_file_access(access)
    with FlyteContextManager.with_context(builder) as context:
        for argument in sys.argv[1:]:
            verb, target = argument.split("=", 1)
            uri, *columns = target.split(",")
            step(context, verb, uri, columns)


if __name__ == "__main__":
    main()
    # the threads of pyarrow abort the interpreter now and then while it shuts down
    sys.stdout.flush()
    os._exit(0)
