"""Ratings as whole stars in SQL, as collector.stars has it."""

from typing import Any

import sqlalchemy as sa

from collector.stars import MOST


def whole_stars(rating: Any) -> "sa.ColumnElement[int]":
    """0 where there are none. Compares instead of rounding: PostgreSQL rounds a half to the even
    number, SQLite up."""
    counts = [
        (rating >= sa.literal_column(str(n - 0.5)), sa.literal_column(str(n), sa.Integer))
        for n in range(MOST, 0, -1)
    ]
    return sa.case(*counts, else_=sa.literal_column("0", sa.Integer))
