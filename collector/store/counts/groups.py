"""Sums of items by hour and by all that trends are split by: what charts of a year are made of.

A roll-up, rebuilt with `hourly` for the hours that changed. What waits for that is counted from the
items at once, so that an answer is always what the items say.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import pandas as pd
import sqlalchemy as sa

from collector.store import schema
from collector.store.counts.whole_stars import whole_stars
from collector.store.database import Database
from collector.times import HOUR_US, from_us, to_us

By = Literal["source", "country", "lang", "version"]
LEANS = {-1: "negative", 0: "mixed", 1: "positive", 2: "unread", 3: "no_text"}
CLEAR = 0.15
"""Scores nearer to 0 are mixed; as analysis.sentiment.score_words has it."""
SUMS = (
    "items", "rating_sum", "rating_squares", "score_sum", "score_squares", "answered", "changed"
)  # fmt: skip
WHOLE = ("items", "answered", "changed")
KEYS = ("bin", "kind", "source", "stars", "lean")
T, G, S, D = schema.items, schema.hourly_groups, schema.scores, schema.dirty_hours
ANSWERED = sa.or_(T.c.reply_at.is_not(None), T.c.reply_text.is_not(None))


@dataclass(frozen=True, slots=True)
class Run:
    """Bins of one length, one after the other. start, step: microseconds, of whole hours."""

    start: int
    step: int
    bins: int

    @property
    def end(self) -> int:
        """Where the last bin ends."""
        return self.start + self.step * self.bins


def runs_of(edges: Sequence[datetime]) -> list[Run]:
    """Bins with these bounds as runs of bins of one length. Raises ValueError within an hour."""
    found: list[Run] = []
    bounds = [to_us(edge) for edge in edges]
    if any(bound % HOUR_US for bound in bounds):
        raise ValueError("bins are bounded by whole hours")
    for start, end in itertools.pairwise(bounds):
        last = found[-1] if found else None
        if last is not None and last.step == end - start:
            found[-1] = Run(last.start, last.step, last.bins + 1)
        else:
            found.append(Run(start, end - start, 1))
    return found


class Groups:
    """The roll-up as trends read it."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def sums(self, app: str, edges: Sequence[datetime], by: Sequence[By] = ()) -> pd.DataFrame:
        """Sums of the opinions in each bin: bin (its place), kind, source, stars (0: none), lean (a
        number of LEANS), the columns of `by` (empty: unknown), and SUMS.

        edges: bounds of the bins, whole hours of UTC; a bin without items has no row.
        """
        keys = [*KEYS, *(name for name in by if name not in KEYS)]
        parts: list[Any] = []
        with self.database.unchanging() as connection:
            waits = self._waits(connection, app, edges)
            first = 0
            for run in runs_of(edges):
                parts += connection.execute(_rolled(app, run, keys, first, waits=waits)).all()
                if waits:
                    live = _live(app, run, keys, first)
                    parts += connection.execute(live).all()
                first += run.bins
        return _frame(parts, keys)

    def answering(self, app: str, sources: Iterable[str]) -> list[str]:
        """Those of some sources that have shown a reply at any time: of the others nothing is
        known."""
        with self.database.connect() as connection:
            return [s for s in sorted(sources) if _shows_replies(connection, app, s)]

    def _waits(self, connection: sa.Connection, app: str, edges: Sequence[datetime]) -> bool:
        some = sa.select(D.c.hour).where(D.c.app == app, D.c.hour < edges[-1])
        query = some.where(D.c.hour >= edges[0]).limit(1)
        return connection.execute(query).first() is not None


def _shows_replies(connection: sa.Connection, app: str, source: str) -> bool:
    one: sa.ColumnElement[int] = sa.literal_column("1", sa.Integer)
    rolled = sa.select(one).where(G.c.app == app, G.c.source == source, G.c.answered > 0)
    live = (
        sa.select(one)
        .select_from(T.join(D, within_hour()))
        .where(D.c.app == app, T.c.app == app, T.c.source == source, ANSWERED, schema.counting())
    )
    return any(connection.execute(q.limit(1)).first() is not None for q in (rolled, live))


def within_hour() -> "sa.ColumnElement[bool]":
    """Items of the hours that wait for a recount."""
    at, hour = (sa.type_coerce(c, sa.BigInteger) for c in (T.c.created_at, D.c.hour))
    return (D.c.app == T.c.app) & (at >= hour) & (at < hour + HOUR_US)


def recount(connection: sa.Connection, app: str, start: datetime, end: datetime) -> None:
    """Counts the hours from start to before end anew."""
    span = (G.c.app == app, G.c.hour >= start, G.c.hour < end)
    connection.execute(sa.delete(G).where(*span))
    names = [c.name for c in G.columns if c.name not in ("app", *SUMS)]
    groups = [_parts()[name].label(name) for name in names]
    counted = (
        sa.select(sa.literal(app), *groups, *_sums())
        .select_from(_scored())
        .where(T.c.app == app, T.c.created_at >= start, T.c.created_at < end, schema.counting())
        .group_by(*groups)
    )
    connection.execute(sa.insert(G).from_select(["app", *names, *SUMS], counted))


def _rolled(
    app: str, run: Run, keys: Sequence[str], first: int, *, waits: bool
) -> "sa.Select[Any]":
    at = sa.type_coerce(G.c.hour, sa.BigInteger)
    parts = {"bin": _bin(at, run, first), **{c.name: c for c in G.columns}}
    groups = [parts[name].label(name) for name in keys]
    sums = [sa.func.sum(G.c[name]).label(name) for name in SUMS]
    query = (
        sa.select(*groups, *sums)
        .where(G.c.app == app, G.c.hour >= from_us(run.start), G.c.hour < from_us(run.end))
        .group_by(*groups)
    )
    if waits:
        dirty = sa.select(D.c.hour).where(D.c.app == app)
        query = query.where(G.c.hour.not_in(dirty))
    return query


def _live(app: str, run: Run, keys: Sequence[str], first: int) -> "sa.Select[Any]":
    """The hours of a run that wait for a recount, from their items."""
    at = sa.type_coerce(T.c.created_at, sa.BigInteger)
    parts = {"bin": _bin(at, run, first), **_parts()}
    groups = [parts[name].label(name) for name in keys]
    return (
        sa.select(*groups, *_sums())
        .select_from(_scored().join(D, within_hour()))
        .where(D.c.app == app, D.c.hour >= from_us(run.start), D.c.hour < from_us(run.end))
        .where(T.c.app == app, schema.counting())
        .where(T.c.created_at >= from_us(run.start), T.c.created_at < from_us(run.end))
        .group_by(*groups)
    )


def _bin(at: Any, run: Run, first: int) -> Any:
    start, step = (sa.literal_column(str(n), sa.BigInteger) for n in (run.start, run.step))
    return (at - start) // step + sa.literal_column(str(first), sa.BigInteger)


def _scored() -> Any:
    return T.outerjoin(S, (S.c.app == T.c.app) & (S.c.text_hash == T.c.text_hash))


def _parts() -> dict[str, Any]:
    """The keys of an item's group."""
    at = sa.type_coerce(T.c.created_at, sa.BigInteger)
    number = {n: sa.literal_column(str(n), sa.Integer) for n in LEANS}
    clear = sa.literal_column(str(CLEAR), sa.Double)
    lean = sa.case(
        (T.c.text_hash.is_(None), number[3]),
        (S.c.score.is_(None), number[2]),
        (S.c.score < -clear, number[-1]),
        (S.c.score > clear, number[1]),
        else_=number[0],
    )
    nothing = sa.literal_column("''", sa.Text)
    return {
        "hour": at - at % sa.literal_column(str(HOUR_US), sa.BigInteger),
        "source": T.c.source,
        "kind": T.c.kind,
        "stars": whole_stars(T.c.rating),
        "lean": lean,
        **{n: sa.func.coalesce(T.c[n], nothing) for n in ("country", "lang", "version")},
    }


def _sums() -> list[Any]:
    zero = sa.literal_column("0.0", sa.Double)
    sums = {
        "items": sa.func.count(),
        "rating_sum": sa.func.coalesce(sa.func.sum(T.c.rating), zero),
        "rating_squares": sa.func.coalesce(sa.func.sum(T.c.rating * T.c.rating), zero),
        "score_sum": sa.func.coalesce(sa.func.sum(S.c.score), zero),
        "score_squares": sa.func.coalesce(sa.func.sum(S.c.score * S.c.score), zero),
        "answered": sa.func.count(sa.case((ANSWERED, 1))),
        "changed": sa.func.count(sa.case((schema.is_changed(), 1))),
    }
    return [sums[name].label(name) for name in SUMS]


def _frame(rows: Sequence[Any], keys: Sequence[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=[*keys, *SUMS])
    whole = dict.fromkeys(("bin", "stars", "lean", *WHOLE), "int64")
    texts = {name: "str" for name in keys if name not in whole}
    sums = {name: "float64" for name in SUMS if name not in WHOLE}
    typed = frame.astype({**whole, **texts, **sums})
    return typed.groupby(list(keys), as_index=False, sort=True)[list(SUMS)].sum()
