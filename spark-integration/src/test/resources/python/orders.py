"""Orders in the layout of flytekit's pandas encoder, and what a task made of them.

Arguments: "write URI" or "read URI COLUMN...". Environment: FLYTE_AWS_*.
"""

import json
import sys
import tempfile
from datetime import datetime, timedelta, timezone

import pandas as pd
from flytekit.configuration import DataConfig
from flytekit.core.context_manager import FlyteContextManager
from flytekit.core.data_persistence import FileAccessProvider
from flytekit.models.literals import StructuredDataset as Dataset
from flytekit.models.literals import StructuredDatasetMetadata
from flytekit.models.types import StructuredDatasetType
from flytekit.types.structured import basic_dfs
from flytekit.types.structured.structured_dataset import StructuredDataset

verb, uri, *columns = sys.argv[1:]
access = FileAccessProvider(tempfile.mkdtemp(), tempfile.mkdtemp(), DataConfig.auto())
with FlyteContextManager.with_context(
    FlyteContextManager.current_context().with_file_access(access)
) as context:
    if verb == "write":
        first = datetime(2024, 2, 28, 23, 59, 59, 999_990, tzinfo=timezone.utc)
        frame = pd.DataFrame(
            {
                "country": [f"{'ab'[i % 2]} / ü" for i in range(100)],
                "amount": range(100),
                "at": pd.Series([first + timedelta(microseconds=i) for i in range(100)]).dt.as_unit("us"),
            }
        )
        basic_dfs.PandasToParquetEncodingHandler().encode(
            context, StructuredDataset(dataframe=frame, uri=uri), StructuredDatasetType()
        )
    else:
        literal = Dataset(uri, StructuredDatasetMetadata(StructuredDatasetType()))
        frame = basic_dfs.ParquetToPandasDecodingHandler().decode(context, literal, literal.metadata)
        frame["last"] = frame["last"].map(lambda at: at.isoformat())
        print(json.dumps(sorted(frame[columns].values.tolist()), ensure_ascii=False))
