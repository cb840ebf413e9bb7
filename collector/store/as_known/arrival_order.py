"""What reached the store when: for walking an app's history in the order in which it became known.

Times here are int64 microseconds since 1970.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from collector.stars import whole_stars
from collector.store import schema
from collector.store.database import Database
from collector.store.reading.item_arrays import (
    ONCE,
    Split,
    numbers,
    occurring,
    packed,
    unpacked,
    us,
)
from collector.store.reading.paging import distinct

T, U = schema.items.c, schema.runs.c


@dataclass(frozen=True, slots=True)
class Arrived:
    """Items by time of publication, (n,) each: at published, arrived known; stars now, 0 if none,
    and of what has given way to a newer opinion.

    Imported items count as known from their publication on.
    """

    id: NDArray[np.int64]
    at: NDArray[np.int64]
    arrived: NDArray[np.int64]
    stars: NDArray[np.int8]
    source: NDArray[np.int16]
    is_post: NDArray[np.bool_]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edits:
    """What gave way to a newer opinion of the same review within a day, in the order in which that
    became known: item, its stars before, when the newer one was seen."""

    id: NDArray[np.int64]
    stars: NDArray[np.int8]
    seen: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Polls:
    """Runs by their end. known: end of the run, or of the first where several were joined.

    single: stands for one run. covered_from, covered_to: -1 where it covered nothing. cut: the
    platform withheld what came before.
    """

    source: tuple[str, ...]
    started: NDArray[np.int64]
    known: NDArray[np.int64]
    covered_from: NDArray[np.int64]
    covered_to: NDArray[np.int64]
    single: NDArray[np.bool_]
    cut: NDArray[np.bool_]


class ArrivalOrder:
    """Reads an app's history together with the moments at which it became known."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def items(self, app: str, split: Sequence[Split] = ()) -> Arrived:
        """Every item. Memory: about 60 bytes an item, more while it is read. split: parts of
        sources that are told apart as sources."""
        with self.database.unchanging() as connection:
            names = sorted(distinct(connection, app, "source"))
            names += [part.name for part in split]
            wanted = [T.id, us(T.created_at), us(T.arrived_at), packed(names, split), _stands()]
            ids, at, arrived, codes, stands = numbers(connection, app, wanted, [ONCE])
        stars, source, is_post = unpacked(codes, names)
        stars[stands == 0] = 0
        source, sources = occurring(source, names)
        return Arrived(ids, at, arrived, stars, source, is_post, sources)

    def edits(self, app: str) -> Edits:
        """Every version that gave way, with the arrival of the one that took its place."""
        newer = schema.items.alias()
        same = sa.and_(*(newer.c[n] == T[n] for n in ("app", "source", "item_id")))
        seen = sa.func.min(us(newer.c.arrived_at))
        query = (
            sa.select(T.id, T.rating, seen)
            .join_from(schema.items, newer, sa.and_(same, newer.c.created_at == T.gave_way_at))
            .where(T.app == app, ONCE, T.gave_way_at.is_not(None), newer.c.counts > 0)
            .group_by(T.id, T.rating)
            .order_by(seen, T.id)
        )
        with self.database.connect() as connection:
            rows = connection.execute(query).all()
        ids, stars, moments = zip(*rows, strict=True) if rows else ((), (), ())
        return Edits(np.asarray(ids, np.int64), whole_stars(stars), np.asarray(moments, np.int64))

    def polls(self, app: str) -> Polls:
        """Every run."""
        known = sa.func.coalesce(us(U.first_ended_at), us(U.ended_at))
        spans = [sa.func.coalesce(us(c), -1) for c in (U.covered_from, U.covered_to)]
        cut = U.outcome == "truncated"
        query = sa.select(U.source, us(U.started_at), known, *spans, U.runs, cut)
        query = query.where(U.app == app)
        with self.database.connect() as connection:
            rows = connection.execute(query.order_by(known, U.id)).all()
        source, *times, runs, cuts = zip(*rows, strict=True) if rows else ((),) * 7
        started, ended, since, until = (np.asarray(t, dtype=np.int64) for t in times)
        single = np.asarray(runs, dtype=np.int64) == 1
        truncated = np.asarray(cuts, dtype=bool)
        return Polls(tuple(source), started, ended, since, until, single, truncated)


def _stands() -> "sa.ColumnElement[int]":
    return sa.case((T.gave_way_at.is_(None), 1), else_=0)
