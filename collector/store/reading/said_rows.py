"""The few columns that trends read row by row: texts, and when they were answered.

Of spans with very many rows an even part is read: whichever rows a hash of their number picks, so
that the same rows are picked each time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import pandas as pd
import sqlalchemy as sa

from collector import record_frames
from collector.store import schema
from collector.store.database import Database
from collector.store.query_frames import read_frame
from collector.store.reading.whole_text import SCORED_TEXT

T, S = schema.items, schema.scores
MIX, WORD, LOW = 2_654_435_761, 2**32, 2**16  # Knuth's multiplicative hash


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidRow:
    """An opinion as trends read it."""

    created_at: Annotated[datetime, "when it was said"]
    source: Annotated[str, "where"]
    rating: Annotated[float | None, "stars"]
    score: Annotated[float | None, "sentiment"]
    text: Annotated[str, "title and text"]
    changed: Annotated[int, "1: a changed opinion, else 0"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredRow:
    """An answered review."""

    created_at: Annotated[datetime, "when it was said"]
    reply_at: Annotated[datetime, "when it was answered"]


class SaidRows:
    """Rows of a span, since inclusive, until exclusive, in order of time."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def texts(
        self, app: str, kind: str, since: datetime, until: datetime, every: int = 1
    ) -> pd.DataFrame:
        """Items of a kind that have a text which is still kept; columns of SaidRow."""
        changed = sa.case((schema.is_changed(), 1), else_=0)
        values = {"score": S.c.score, "text": SCORED_TEXT, "changed": changed}
        scored = T.outerjoin(S, (S.c.app == T.c.app) & (S.c.text_hash == T.c.text_hash))
        query = _columns(SaidRow, values).select_from(scored)
        query = query.where(T.c.kind == kind, SCORED_TEXT.is_not(None))
        return self._read(query, SaidRow, app, since, until, every)

    def answers(self, app: str, since: datetime, until: datetime, every: int = 1) -> pd.DataFrame:
        """Reviews that were answered, where it is known when; columns of AnsweredRow."""
        query = _columns(AnsweredRow, {}).where(T.c.kind == "review", T.c.reply_at.is_not(None))
        return self._read(query, AnsweredRow, app, since, until, every)

    def _read(
        self,
        query: "sa.Select[Any]",
        record: type,
        app: str,
        since: datetime,
        until: datetime,
        every: int,
    ) -> pd.DataFrame:
        at = T.c.created_at
        query = query.where(T.c.app == app, schema.counting(), at >= since, at < until)
        if every > 1:
            picked = (T.c.id * MIX) % WORD // LOW % every
            query = query.where(picked == 0)
        with self.database.connect() as connection:
            return read_frame(connection, query.order_by(at, T.c.id), record)


def _columns(record: type, values: dict[str, Any]) -> "sa.Select[Any]":
    return sa.select(*_parts(record_frames.names(record), values))


def _parts(names: Sequence[str], values: dict[str, Any]) -> list[Any]:
    parts = {**{c.name: c for c in T.columns}, **values}
    return [parts[name].label(name) for name in names]
