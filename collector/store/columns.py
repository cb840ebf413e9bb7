"""What tables have in common: types of columns, and columns that several tables have.

Times are whole microseconds since 1970 UTC: exact and alike on every database, fast to read.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from collector import record_frames
from collector.times import from_us, to_us


class UtcTime(sa.types.TypeDecorator[datetime]):
    """UTC-aware datetime kept as microseconds since 1970."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> int | None:  # noqa: ARG002
        return to_us(value) if isinstance(value, datetime) else value

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else from_us(value)


SQL_TYPES: dict[type, Any] = {
    str: sa.Text,
    int: sa.BigInteger,
    float: sa.Double,
    bool: sa.Boolean,
    datetime: UtcTime,
    dict: sa.Text,
}


def columns_of(record: type) -> list["sa.Column[Any]"]:
    """SQL columns of a record class."""
    return [
        sa.Column(c.name, SQL_TYPES[c.type](), nullable=c.nullable)
        for c in record_frames.columns(record)
    ]


def row_id() -> "sa.Column[int]":
    return sa.Column(
        "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(), primary_key=True
    )


def places() -> "list[sa.Column[Any]]":
    """What a version is among those of its item: see opinions.Place."""
    return [
        sa.Column("counts", sa.Integer, nullable=False, server_default="1"),
        sa.Column("gave_way_at", UtcTime),
    ]
