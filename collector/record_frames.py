"""One record class -> columns, dtypes, empty frame, frame, check, Arrow schema, dictionary.

The only place that knows how a Python type becomes a column of a frame.
"""

import json
import types
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pandas as pd
import pyarrow as pa

from collector.errors import ContractError

PANDAS_DTYPES: dict[tuple[type, bool], Any] = {
    (str, False): "str",
    (str, True): "str",
    (int, False): "int64",
    (int, True): "Int64",
    (float, False): "float64",
    (float, True): "float64",
    (bool, False): "bool",
    (bool, True): "boolean",
    (datetime, False): "datetime64[us, UTC]",
    (datetime, True): "datetime64[us, UTC]",
    (dict, False): "str",
    (dict, True): "str",
}
ARROW_TYPES = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    datetime: pa.timestamp("us", tz="UTC"),
    dict: pa.string(),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `type` is str, int, float, bool, datetime, or dict for nested (JSON text)."""

    name: str
    type: type
    nullable: bool
    meaning: str
    choices: tuple[str, ...] = ()

    @property
    def dtype(self) -> Any:
        """The pandas dtype."""
        return PANDAS_DTYPES[self.type, self.nullable]


@cache
def columns(record: type) -> tuple[Column, ...]:
    """Columns of a record class, in the order of its fields."""
    hints = get_type_hints(record, include_extras=True)
    return tuple(_column(field.name, hints[field.name]) for field in fields(record))


def names(record: type) -> list[str]:
    """Column names of a record class."""
    return [column.name for column in columns(record)]


def empty_frame(record: type) -> pd.DataFrame:
    """A frame without rows, with the right columns and dtypes."""
    return _without_rows(record).copy()


@cache
def _without_rows(record: type) -> pd.DataFrame:
    # A page of many apps asks for it hundreds of times, and each column costs a series.
    return pd.DataFrame({c.name: pd.Series(dtype=c.dtype) for c in columns(record)})


def frame_from_rows(record: type, rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    """Rows of plain values in the order of the columns -> typed frame."""
    if not rows:
        return empty_frame(record)
    values = zip(*rows, strict=True)
    return pd.DataFrame(
        {c.name: _series(c, list(v)) for c, v in zip(columns(record), values, strict=True)}
    )


def to_frame(record: type, records: Iterable[Any]) -> pd.DataFrame:
    """Records -> typed frame, one row each; nested fields become JSON text."""
    wanted = names(record)
    return frame_from_rows(record, [[getattr(r, n) for n in wanted] for r in records])


def check_frame(record: type, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame itself if its columns and dtypes are the record's; else raises ContractError."""
    expected = {c.name: c.dtype for c in columns(record)}
    found = {str(name): str(dtype) for name, dtype in frame.dtypes.items()}
    wrong = [
        f"{name} is {found.get(name, 'missing')}, should be {dtype}"
        for name, dtype in expected.items()
        if found.get(name) != dtype
    ]
    wrong += [f"{name} is not expected" for name in found if name not in expected]
    if wrong:
        raise ContractError(f"not a frame of {record.__name__}: " + "; ".join(wrong))
    return frame


def arrow_schema(record: type) -> pa.Schema:
    """Arrow schema of exports; each field carries its meaning as metadata."""
    return pa.schema(
        [
            pa.field(c.name, ARROW_TYPES[c.type], c.nullable, metadata={"meaning": c.meaning})
            for c in columns(record)
        ]
    )


def dictionary(record: type) -> str:
    """The data dictionary of a record class as a Markdown table."""
    lines = ["| column | type | may be missing | meaning |", "|---|---|---|---|"]
    for c in columns(record):
        type_name = " / ".join(c.choices) if c.choices else _TYPE_WORDS[c.type]
        lines.append(f"| {c.name} | {type_name} | {'yes' if c.nullable else 'no'} | {c.meaning} |")
    return "\n".join(lines) + "\n"


_TYPE_WORDS = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    datetime: "time, UTC",
    dict: "JSON text",
}


def _column(name: str, hint: Any) -> Column:
    meaning = ""
    if get_origin(hint) is Annotated:
        hint, meaning = get_args(hint)
    nullable = False
    if get_origin(hint) in (Union, types.UnionType):
        options = [option for option in get_args(hint) if option is not type(None)]
        nullable = len(options) < len(get_args(hint))
        hint = options[0]
    if get_origin(hint) is Literal:
        return Column(name, str, nullable, meaning, get_args(hint))
    if hint in (str, int, float, bool, datetime):
        return Column(name, hint, nullable, meaning)
    return Column(name, dict, nullable, meaning)


def _series(column: Column, values: list[Any]) -> Any:
    if column.type is dict:
        values = [v if v is None or isinstance(v, str) else json.dumps(v) for v in values]
    if column.type is datetime:
        times = pd.to_datetime(pd.Series(values, dtype="object"), utc=True)
        return pd.Series(times, dtype=column.dtype)
    return pd.Series(values, dtype=column.dtype)
