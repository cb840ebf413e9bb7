"""What reached the store when: for walking an app's history in the order in which it became known.

Times here are int64 microseconds since 1970.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from collector.store import schema
from collector.store.database import Database
from collector.store.reading.item_arrays import (
    ARRIVES,
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
    """Items by time of publication, (n,) each: at published, arrived known; stars, 0 if none.

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
            wanted = [T.id, us(T.created_at), us(T.arrived_at), packed(names, split)]
            ids, at, arrived, codes = numbers(connection, app, wanted, [ARRIVES])
        stars, source, is_post = unpacked(codes, names)
        source, sources = occurring(source, names)
        return Arrived(ids, at, arrived, stars, source, is_post, sources)

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
