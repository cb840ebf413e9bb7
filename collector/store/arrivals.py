"""What reached the store when: for walking an app's history in the order in which it became known.

Times here are int64 microseconds since 1970.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import sqlalchemy as sa
from numpy.typing import NDArray

from collector.store import schema

if TYPE_CHECKING:
    from collector.store.store import Store

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


class Arrivals:
    """Reads an app's history together with the moments at which it became known."""

    def __init__(self, store: "Store") -> None:
        self.store = store

    def items(self, app: str) -> Arrived:
        """Every item. Memory: about 60 bytes an item, more while it is read."""
        chosen = (T.id, _us(T.created_at), _us(T.arrived_at), T.rating, T.source, T.kind)
        query = sa.select(*chosen).where(T.app == app).order_by(T.created_at, T.id)
        with self.store.connect() as connection:
            result = connection.execution_options(stream_results=True).execute(query)
            parts = [_frame(list(rows)) for rows in result.partitions(50_000)]
        frame = pd.concat(parts, ignore_index=True) if parts else _frame([])
        codes, names = pd.factorize(frame["source"], sort=True)
        return Arrived(
            frame["id"].to_numpy(),
            frame["at"].to_numpy(),
            frame["arrived"].to_numpy(),
            frame["stars"].to_numpy(),
            codes.astype(np.int16),
            frame["is_post"].to_numpy(),
            tuple(str(name) for name in names),
        )

    def edits(self, app: str) -> Edits:
        """Every edit whose item is still there."""
        seen = sa.func.coalesce(_us(R.seen_at), _us(R.replaced_at))
        both = schema.revisions.join(
            schema.items, (T.app == R.app) & (T.source == R.source) & (T.item_id == R.item_id)
        )
        query = sa.select(T.id, R.rating, seen).select_from(both).where(R.app == app)
        with self.store.connect() as connection:
            rows = connection.execute(query.order_by(seen, R.id)).all()
        ids, stars, moments = zip(*rows, strict=True) if rows else ((), (), ())
        return Edits(np.asarray(ids, np.int64), _stars(stars), np.asarray(moments, np.int64))

    def polls(self, app: str) -> Polls:
        """Every run."""
        known = sa.func.coalesce(_us(U.first_ended_at), _us(U.ended_at))
        spans = [sa.func.coalesce(_us(c), -1) for c in (U.covered_from, U.covered_to)]
        cut = U.outcome == "truncated"
        query = sa.select(U.source, _us(U.started_at), known, *spans, U.runs, cut)
        query = query.where(U.app == app)
        with self.store.connect() as connection:
            rows = connection.execute(query.order_by(known, U.id)).all()
        source, *times, runs, cuts = zip(*rows, strict=True) if rows else ((),) * 7
        started, ended, since, until = (np.asarray(t, dtype=np.int64) for t in times)
        single = np.asarray(runs, dtype=np.int64) == 1
        truncated = np.asarray(cuts, dtype=bool)
        return Polls(tuple(source), started, ended, since, until, single, truncated)


def _us(column: Any) -> "sa.ColumnElement[int]":
    return sa.type_coerce(column, sa.BigInteger)


def _stars(ratings: Any) -> NDArray[np.int8]:
    return np.nan_to_num(np.asarray(ratings, dtype=np.float64)).round().astype(np.int8)


def _frame(rows: list[Any]) -> pd.DataFrame:
    ids, at, arrived, rating, source, kind = zip(*rows, strict=True) if rows else ((),) * 6
    return pd.DataFrame(
        {
            "id": np.asarray(ids, dtype=np.int64),
            "at": np.asarray(at, dtype=np.int64),
            "arrived": np.asarray(arrived, dtype=np.int64),
            "stars": _stars(rating),
            "source": pd.Series(source, dtype="str"),
            "is_post": np.asarray([k == "post" for k in kind], dtype=bool),
        }
    )
