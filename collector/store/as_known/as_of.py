"""Items as the store showed them at a moment of knowledge, whatever came later.

Moments are those of knowledge_clock.py. What was forgotten or purged since does not come back.
`last_seen` is today's: each poll moves it, and nobody keeps what it was.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import pandas as pd
import sqlalchemy as sa

from collector import record_frames
from collector.records import Item
from collector.store import schema
from collector.store.database import Database
from collector.store.query_frames import read_frame
from collector.store.reading import paging
from collector.times import EPOCH, to_us

T, R, C, S = schema.items, schema.revisions, schema.item_changes, schema.scores
CONTENT = ("rating", "title", "text", "version", "reply_text", "text_hash")
SCORE = ("sentiment", "sentiment_engine", "scored_at")
LOOKUP = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row(Item):
    """An item with its score and what finds its past."""

    row: Annotated[int, "id of the row"]
    text_hash: Annotated[str | None, "hash of the text that is scored"]
    sentiment: Annotated[float | None, "score"]
    sentiment_engine: Annotated[str | None, "what made the score"]
    scored_at: Annotated[datetime | None, "moment of the score"]
    counts: Annotated[int, "0: no opinion of its own"]
    gave_way_at: Annotated[datetime | None, "when a newer opinion took its place within a day"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """What an item said until an edit."""

    row: int
    rating: float | None
    title: str | None
    text: str | None
    version: str | None
    reply_text: str | None
    text_hash: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What else was known of an item until a change."""

    row: int
    created_at: datetime
    updated_at: datetime | None
    arrived_at: datetime
    first_seen: datetime
    author_key: str | None
    country: str | None
    lang: str | None
    thumbs_up: int | None
    reply_at: datetime | None
    url: str | None
    removed_at: datetime | None
    written_at: datetime | None
    rating_before: float | None
    changed_after: datetime | None
    counts: int
    gave_way_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Score:
    """A score of a text, now or earlier."""

    text_hash: str
    sentiment: float | None
    sentiment_engine: str | None
    scored_at: datetime | None


class AsOf:
    """Reads what was known at a moment."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def chunks(
        self,
        app: str,
        moment: datetime,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        record: type = Item,
        size: int = 20_000,
        versions: bool = False,
    ) -> Iterator[pd.DataFrame]:
        """Items of an app by time of publication as of a moment, some at a time; columns of Item,
        or of ScoredItem if given. since inclusive, until exclusive.

        Memory does not grow with the store. Nothing that is written meanwhile is in it. versions:
        also those that were no opinion of their own.
        """
        wanted = record_frames.names(record)
        with self.database.unchanging() as connection:
            reading = _Reading(connection, app, moment)
            moved = reading.moved(since, until)
            spanned = [] if since is None else [T.c.created_at >= since]
            spanned += [] if until is None else [T.c.created_at < until]
            beyond: list[Any] = []
            while True:
                raw = reading.rows(sa.and_(sa.true(), *spanned, *beyond), limit=size)
                full = len(raw) == size
                end = _key(raw.iloc[-1]) if full else None
                part = reading.as_known(raw[~raw["row"].isin(reading.moved_rows)])
                if not moved.empty:
                    here = _up_to(moved, end)
                    part = _in_order([part, moved[here]])
                    moved = moved[~here]
                if not versions:
                    counting = (part["counts"] > 0) & part["gave_way_at"].isna()
                    part = part if counting.all() else part[counting]
                if not part.empty:
                    yield part[wanted].reset_index(drop=True)
                if end is None:
                    return
                last = (sa.literal(to_us(end[0])), sa.literal(end[1]))
                beyond = [sa.tuple_(_us(T.c.created_at), T.c.id) > sa.tuple_(*last)]

    def without_texts(self, app: str) -> int:
        """From how many items of an app retention has taken the texts."""
        empty = [T.c[n].is_(None) for n in ("title", "text", "reply_text")]
        query = sa.select(sa.func.count()).where(T.c.app == app, T.c.text_hash.is_not(None), *empty)
        with self.database.connect() as connection:
            return int(connection.execute(query).scalar_one())


class _Reading:
    """One reading of an app's items as of a moment."""

    def __init__(self, connection: sa.Connection, app: str, moment: datetime) -> None:
        self.connection = connection
        self.app = app
        self.moment = moment
        self.moved_rows: list[int] = self._moved_rows()

    def rows(self, where: "sa.ColumnElement[bool]", limit: int | None = None) -> pd.DataFrame:
        """Items that were there at the moment, as they are today, in order."""
        named = {"row": T.c.id, "text_hash": T.c.text_hash, "scored_at": S.c.scored_at}
        named |= {"sentiment": S.c.score, "sentiment_engine": S.c.engine}
        chosen = [named[n].label(n) if n in named else T.c[n] for n in record_frames.names(_Row)]
        there = sa.or_(T.c.stored_at.is_(None), T.c.stored_at <= self.moment)
        query = sa.select(*chosen).select_from(paging.SCORED).where(T.c.app == self.app, there)
        query = query.where(where).order_by(T.c.created_at, T.c.id).limit(limit)
        return read_frame(self.connection, query, _Row)

    def moved(self, since: datetime | None, until: datetime | None) -> pd.DataFrame:
        """Those whose time of publication has been corrected since, as they were."""
        ids = self.moved_rows
        parts = [
            self.as_known(self.rows(T.c.id.in_(ids[start : start + LOOKUP])))
            for start in range(0, len(ids), LOOKUP)
        ]
        found = _in_order(parts) if parts else record_frames.empty_frame(_Row)
        low = pd.Timestamp(since or EPOCH)
        if since is not None:
            found = found[found["created_at"] >= low]
        if until is not None:
            found = found[found["created_at"] < pd.Timestamp(until)]
        return found

    def as_known(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Today's rows -> what they said at the moment."""
        if rows.empty:
            return rows
        rows = rows.reset_index(drop=True)
        low, high = rows["created_at"].iloc[0], rows["created_at"].iloc[-1]
        span = [T.c.created_at >= low.to_pydatetime(), T.c.created_at <= high.to_pydatetime()]
        facts = sa.select(C.c.item.label("row"), *(C.c[n] for n in schema.PAST))
        facts = facts.join_from(C, T, C.c.item == T.c.id)
        facts = facts.where(C.c.app == self.app, C.c.stored_at > self.moment, *span)
        columns = [R.c[n] for n in CONTENT]
        said = sa.select(T.c.id.label("row"), *columns).join_from(R, T, T.c.id == R.c.item)
        said = said.where(R.c.app == self.app, R.c.stored_at > self.moment, *span)
        rows = self._undone(rows, facts.order_by(C.c.stored_at, C.c.id), _Facts)
        edited = read_frame(self.connection, said.order_by(R.c.stored_at, R.c.id), _Content)
        if not edited.empty:
            edited = edited.drop_duplicates("row")
            rows = _put(rows, edited.set_index("row"), "row")
            now = self._scores(list(edited["text_hash"].dropna().unique()))
            rows = _put(rows, now, "text_hash", rows["row"].isin(edited["row"]))
        return self._scored(rows)

    def _undone(self, rows: pd.DataFrame, query: Any, record: type) -> pd.DataFrame:
        found = read_frame(self.connection, query, record)
        if found.empty:
            return rows
        return _put(rows, found.drop_duplicates("row").set_index("row"), "row")

    def _scored(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Scores that came later give way to those of the moment."""
        later = rows["scored_at"] > pd.Timestamp(self.moment)
        if not later.any():
            return rows
        p = schema.score_changes.c
        valid = [p.app == self.app, p.stored_at > self.moment]
        valid.append(sa.or_(p.scored_at.is_(None), p.scored_at <= self.moment))
        names = (p.text_hash, p.score, p.engine, p.scored_at)
        query = sa.select(*names).where(*valid).order_by(p.stored_at, p.id)
        hashes = list(rows.loc[later, "text_hash"].unique())
        then = self._looked_up(query, p.text_hash, hashes).drop_duplicates("text_hash")
        return _put(rows, then.set_index("text_hash"), "text_hash", later)

    def _scores(self, hashes: Sequence[str]) -> pd.DataFrame:
        names = (S.c.text_hash, S.c.score, S.c.engine, S.c.scored_at)
        query = sa.select(*names).where(S.c.app == self.app)
        return self._looked_up(query, S.c.text_hash, hashes).set_index("text_hash")

    def _looked_up(self, query: Any, column: Any, hashes: Sequence[str]) -> pd.DataFrame:
        parts = [
            read_frame(self.connection, query.where(column.in_(hashes[s : s + LOOKUP])), _Score)
            for s in range(0, len(hashes), LOOKUP)
        ]
        parts = [part for part in parts if not part.empty]
        return pd.concat(parts, ignore_index=True) if parts else record_frames.empty_frame(_Score)

    def _moved_rows(self) -> list[int]:
        query = sa.select(C.c.item).join_from(C, T, C.c.item == T.c.id).distinct()
        later = C.c.stored_at > self.moment
        moved = query.where(C.c.app == self.app, later, C.c.created_at != T.c.created_at)
        return list(self.connection.execute(moved).scalars())


def _put(
    rows: pd.DataFrame,
    found: pd.DataFrame,
    by: str,
    where: "pd.Series[bool] | None" = None,
) -> pd.DataFrame:
    """Rows with what was found by their key; where: rows that take it even if there is nothing."""
    mask = rows[by].isin(found.index) if where is None else where
    there = found.reindex(rows[by])
    out = rows.copy()
    for name in found.columns:
        values = pd.Series(there[name].array, index=rows.index)
        out[name] = rows[name].where(~mask, values).astype(rows[name].dtype)
    return out


def _in_order(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    filled = [part for part in parts if not part.empty]
    if not filled:
        return parts[0]
    return pd.concat(filled, ignore_index=True).sort_values(["created_at", "row"])


def _key(row: Any) -> tuple[datetime, int]:
    return row["created_at"].to_pydatetime(), int(row["row"])


def _up_to(rows: pd.DataFrame, end: tuple[datetime, int] | None) -> "pd.Series[bool]":
    """Which rows come no later than a place."""
    if end is None:
        return pd.Series(True, index=rows.index)
    at, number = pd.Timestamp(end[0]), end[1]
    return (rows["created_at"] < at) | ((rows["created_at"] == at) & (rows["row"] <= number))


def _us(column: Any) -> Any:
    return sa.type_coerce(column, sa.BigInteger)
