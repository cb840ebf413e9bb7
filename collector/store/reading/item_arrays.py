"""An app's items as arrays of whole numbers, for who needs no texts.

The database writes each column into one text of numbers, which NumPy reads: several times as fast
as rows, of which Python would make an object for each item.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from collector.stars import whole_stars
from collector.store import schema
from collector.store.reading.paging import distinct
from collector.times import HOUR_US

T = schema.items
ARRIVES = T.c.counts == schema.ONCE  # one person once in a swing, when it was said first
WINDOW_US = 90 * 24 * HOUR_US  # of one text: a database allows about a billion characters
PRECISION = 1_000_000  # of a rating


@dataclass(frozen=True, slots=True)
class ItemArrays:
    """Items by time of publication, (n,) each: at int64 microseconds; stars 1..5, 0 without.

    source: int16 index into sources, which are those that occur. is_post: a social post.
    """

    at: NDArray[np.int64]
    stars: NDArray[np.int8]
    source: NDArray[np.int16]
    is_post: NDArray[np.bool_]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A part of a source that is told apart: the items with this code in this column."""

    source: str
    place: Literal["country", "lang"]
    code: str

    @property
    def name(self) -> str:
        """As a source: app_store/de."""
        return f"{self.source}/{self.code}"


def read(
    connection: sa.Connection,
    app: str,
    since: datetime | None,
    as_of: datetime | None,
    split: Sequence[Split] = (),
) -> ItemArrays:
    """Items from `since` on, each at the time when it was said first: what is said later moves
    none. as_of: none later than that.

    split: parts that count as sources of their own.
    """
    names = [*sorted(distinct(connection, app, "source")), *(part.name for part in split)]
    wanted = [us(T.c.created_at), packed(names, split)]
    at, codes = numbers(connection, app, wanted, [ARRIVES], since=since, until=as_of)
    stars, source, is_post = unpacked(codes, names)
    source, sources = occurring(source, names)
    return ItemArrays(at, stars, source, is_post, sources)


def numbers(
    connection: sa.Connection,
    app: str,
    wanted: Sequence["sa.ColumnElement[int]"],
    which: Sequence["sa.ColumnElement[bool]"],
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[NDArray[np.int64]]:
    """Whole numbers of those of the app's items by (created_at, id), an array for each column;
    until inclusive."""
    at = us(T.c.created_at)
    mine = [T.c.app == app, *([T.c.created_at <= until] if until is not None else [])]
    ahead = [T.c.created_at >= since] if since is not None else []
    parts: list[list[NDArray[np.int64]]] = [[np.empty(0, np.int64)] for _ in wanted]
    while True:
        query = sa.select(sa.func.min(at)).where(*mine, *ahead)
        first = connection.execute(query).scalar_one_or_none()
        if first is None:
            return [np.concatenate(part) for part in parts]
        ahead = [at >= first + WINDOW_US]
        rows = (
            sa.select(*(c.label(f"n{n}") for n, c in enumerate(wanted)))
            .with_hint(T, "INDEXED BY ix_items_app_created_at", "sqlite")
            .where(*mine, *which, at >= first, at < first + WINDOW_US)
            .order_by(T.c.created_at, T.c.id)
            .subquery()
        )
        texts = [sa.func.aggregate_strings(sa.cast(c, sa.Text), ",") for c in rows.c]
        for part, text in zip(parts, connection.execute(sa.select(*texts)).one(), strict=True):
            part.append(np.fromstring(text or "", np.int64, sep=","))


def us(column: Any) -> "sa.ColumnElement[int]":
    """A time as its microseconds."""
    return sa.type_coerce(column, sa.BigInteger)


def packed(sources: Sequence[str], split: Sequence[Split] = ()) -> "sa.ColumnElement[int]":
    """Rating, source and kind of an item in one number; see `unpacked`.

    split: the last of the sources, which are parts of others.
    """
    rating = sa.cast(sa.func.coalesce(T.c.rating, 0.0) * PRECISION, sa.BigInteger)
    whole = {name: 2 * n for n, name in enumerate(sources[: len(sources) - len(split)])}
    place: Any = sa.case(whole, value=T.c.source, else_=0) if whole else sa.literal(0)
    if split:
        parts = enumerate(split, start=len(whole))
        mine = [((T.c.source == p.source) & (T.c[p.place] == p.code), 2 * n) for n, p in parts]
        place = sa.case(*mine, else_=place)
    post = sa.case((T.c.kind == "post", 1), else_=0)
    number: sa.ColumnElement[int] = rating * (2 * len(sources)) + place + post
    return number


def unpacked(
    codes: NDArray[np.int64], sources: Sequence[str]
) -> tuple[NDArray[np.int8], NDArray[np.int16], NDArray[np.bool_]]:
    """Stars, index into sources, whether it is a post."""
    ratings, rest = np.divmod(codes, max(2 * len(sources), 1))
    return whole_stars(ratings / PRECISION), (rest // 2).astype(np.int16), rest % 2 == 1


def occurring(
    source: NDArray[np.int16], sources: Sequence[str]
) -> tuple[NDArray[np.int16], tuple[str, ...]]:
    """The same without the sources that do not occur."""
    present, places = np.unique(source, return_inverse=True)
    return places.astype(np.int16), tuple(sources[n] for n in present.tolist())
