"""What reached the store when: for walking an app's history in the order in which it became known.

Times here are int64 microseconds since 1970.
"""

from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from collector.store import schema
from collector.store.database import Database
from collector.store.reading.item_arrays import numbers, occurring, packed, rounded, unpacked, us
from collector.store.reading.paging import distinct

T, R, U = schema.items.c, schema.revisions.c, schema.runs.c


@dataclass(frozen=True, slots=True)
class Arrived:
    """Items by time of publication, (n,) each: at published, arrived known; stars now, 0 if none.

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
    """Edits in the order in which they became known: item, its stars before, when it was seen."""

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

    def items(self, app: str) -> Arrived:
        """Every item. Memory: about 60 bytes an item, more while it is read."""
        with self.database.unchanging() as connection:
            names = sorted(distinct(connection, app, "source"))
            wanted = [T.id, us(T.created_at), us(T.arrived_at), packed(names)]
            ids, at, arrived, codes = numbers(connection, app, wanted)
        stars, source, is_post = unpacked(codes, names)
        source, sources = occurring(source, names)
        return Arrived(ids, at, arrived, stars, source, is_post, sources)

    def edits(self, app: str) -> Edits:
        """Every edit whose item is still there."""
        seen = sa.func.coalesce(us(R.seen_at), us(R.replaced_at))
        both = schema.revisions.join(
            schema.items, (T.app == R.app) & (T.source == R.source) & (T.item_id == R.item_id)
        )
        query = sa.select(T.id, R.rating, seen).select_from(both).where(R.app == app)
        with self.database.connect() as connection:
            rows = connection.execute(query.order_by(seen, R.id)).all()
        ids, stars, moments = zip(*rows, strict=True) if rows else ((), (), ())
        return Edits(np.asarray(ids, np.int64), rounded(stars), np.asarray(moments, np.int64))

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
