"""A query -> a typed frame, without a Python object for each cell."""

from datetime import datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa

from collector import record_frames
from collector.store.columns import UtcTime


def read_frame(
    connection: sa.Connection, query: "sa.Select[Any]", record: type, *, chunk: int = 50_000
) -> pd.DataFrame:
    """Rows of `query`, whose columns are those of `record` in order, as a typed frame."""
    plain = query.with_only_columns(
        *(
            sa.type_coerce(column, sa.BigInteger) if isinstance(column.type, UtcTime) else column
            for column in query.selected_columns
        )
    )
    result = connection.execution_options(stream_results=True).execute(plain)
    parts = [_typed(record, part) for part in result.partitions(chunk)]
    if not parts:
        return record_frames.empty_frame(record)
    return parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)


def _typed(record: type, rows: Any) -> pd.DataFrame:
    values = zip(*rows, strict=True)
    return pd.DataFrame(
        {
            column.name: _series(column, list(v))
            for column, v in zip(record_frames.columns(record), values, strict=True)
        }
    )


def _series(column: record_frames.Column, values: list[Any]) -> Any:
    if column.type is datetime:
        whole = pd.Series(values, dtype="Int64")
        return pd.Series(pd.to_datetime(whole, unit="us", utc=True), dtype=column.dtype)
    return pd.Series(values, dtype=column.dtype)
