"""Sentiment scores, one for each distinct text of an app."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from collector.store import schema
from collector.store.as_known.knowledge_clock import KnowledgeClock
from collector.store.counts.hourly import Hourly
from collector.store.database import Database
from collector.store.reading.whole_text import SCORED_TEXT
from collector.store.records import RatedText, TextRow

T, I = schema.scores, schema.items  # noqa: E741
LOOKUP = 500


class Scores:
    """Which texts wait for a score, and the scores."""

    def __init__(self, database: Database, knowledge_clock: KnowledgeClock, hourly: Hourly) -> None:
        self.database = database
        self.knowledge_clock = knowledge_clock
        self.hourly = hourly

    def expect(self, connection: sa.Connection, texts: Iterable[tuple[str, str, datetime]]) -> None:
        """Notes (app, text_hash, published at) as texts that need a score, if they have none."""
        first: dict[tuple[str, str], datetime] = {}
        for app, text_hash, at in texts:
            first[app, text_hash] = min(at, first.get((app, text_hash), at))
        rows = [{"app": a, "text_hash": h, "first_at": at} for (a, h), at in sorted(first.items())]
        self.database.put_missing(connection, T, rows)

    def waiting(self, app: str) -> int:
        """How many distinct texts have no score yet."""
        query = sa.select(sa.func.count()).where(T.c.app == app, T.c.engine.is_(None))
        with self.database.connect() as connection:
            return int(connection.execute(query).scalar_one())

    def unscored(
        self, app: str, *, limit: int = 10_000, before: datetime | None = None
    ) -> list[TextRow]:
        """Distinct texts without a score, oldest first; `before`: only those published earlier."""
        query = sa.select(T.c.text_hash, T.c.first_at).where(T.c.app == app, T.c.engine.is_(None))
        if before is not None:
            query = query.where(T.c.first_at < before)
        query = query.order_by(T.c.first_at, T.c.text_hash).limit(limit)
        with self.database.connect() as connection:
            waiting = connection.execute(query).all()
            texts: dict[str, tuple[str, str | None, bool]] = {}
            for start in range(0, len(waiting), LOOKUP):
                hashes = [row.text_hash for row in waiting[start : start + LOOKUP]]
                said = sa.select(
                    I.c.text_hash,
                    sa.func.min(SCORED_TEXT),
                    sa.func.min(I.c.lang),
                    sa.func.max(I.c.kind),  # "review" comes after "post"
                )
                said = said.where(I.c.app == app, I.c.text_hash.in_(hashes))
                said = said.group_by(I.c.text_hash)
                # The title is that of the first who said it: later ones must not change its score.
                first = (T.c.app == I.c.app) & (T.c.text_hash == I.c.text_hash)
                earliest = said.join(T, first).where(I.c.created_at <= T.c.first_at)
                both: tuple[sa.Select[Any], ...] = (said, earliest)
                for texts_of in both:
                    for h, text, lang, kind in connection.execute(texts_of):
                        texts[h] = (text, lang, kind == "post")
        # A text whose last item was edited or purged meanwhile has no words left to score.
        return [
            TextRow(row.text_hash, text or "", lang, row.first_at, is_post)
            for row in waiting
            for text, lang, is_post in [texts.get(row.text_hash, ("", None, False))]
        ]

    def rated(
        self, app: str, *, before: datetime, limit: int, since: datetime | None = None
    ) -> list[RatedText]:
        """The newest rated texts published, and not edited since, before a moment; oldest first.

        since: only those published from then on.
        """
        query = (
            sa.select(SCORED_TEXT, I.c.rating, I.c.lang, I.c.created_at)
            .where(_is_rated(app), I.c.created_at < before, SCORED_TEXT.is_not(None))
            .where(sa.or_(I.c.updated_at.is_(None), I.c.updated_at < before))
            .where(sa.true() if since is None else I.c.created_at >= since)
            .order_by(I.c.created_at.desc(), I.c.id.desc())
            .limit(limit)
        )
        with self.database.connect() as connection:
            rows = connection.execute(query).all()
        return [RatedText(*row) for row in reversed(rows)]

    def rated_count(self, app: str, *, before: datetime, most: int) -> int:
        """How many rated texts were published before a moment; `most` where there are more."""
        some = sa.select(sa.literal(1)).where(_is_rated(app), I.c.created_at < before).limit(most)
        query = sa.select(sa.func.count()).select_from(some.subquery())
        with self.database.connect() as connection:
            return int(connection.execute(query).scalar_one())

    def rated_moment(self, app: str, *, since: datetime, rank: int) -> datetime | None:
        """When the rank-th (from 1) rated text published since a moment came; None if not yet."""
        query = (
            sa.select(I.c.created_at)
            .where(_is_rated(app), I.c.created_at >= since)
            .order_by(I.c.created_at)
            .offset(rank - 1)
            .limit(1)
        )
        with self.database.connect() as connection:
            return connection.execute(query).scalar_one_or_none()

    def write(self, app: str, engine: str, scores: Sequence[tuple[str, float | None]]) -> None:
        """Keeps scores by text_hash; None: this engine cannot read the text."""
        if not scores:
            return
        query = (
            sa.update(T)
            .where(T.c.app == app, T.c.text_hash == sa.bindparam("key"))
            .values(engine=engine, score=sa.bindparam("value"), scored_at=sa.bindparam("now"))
        )
        with self.database.begin() as connection:
            for start in range(0, len(scores), LOOKUP):
                again = T.c.text_hash.in_([h for h, _ in scores[start : start + LOOKUP]])
                now = self.knowledge_clock.keep_scores(connection, app, again)
            connection.execute(query, [{"key": h, "value": v, "now": now} for h, v in scores])

    def renew(self, app: str, *, unlike: str) -> None:
        """Forgets what engines of another version scored, where the text is still there to read.

        unlike: how the names of today's engines begin. The app's hours are recounted.
        """
        other = sa.and_(T.c.engine.is_not(None), ~T.c.engine.startswith(unlike, autoescape=True))
        there = sa.exists().where(
            I.c.app == T.c.app, I.c.text_hash == T.c.text_hash, SCORED_TEXT.is_not(None)
        )
        old = sa.and_(other, there)
        with self.database.connect() as connection:
            found = sa.select(sa.literal(1)).where(T.c.app == app, old).limit(1)
            if connection.execute(found).first() is None:
                return
        self._forget(app, old)

    def clear(self, app: str) -> None:
        """Forgets all scores of an app, so that they are made again; its hours are recounted."""
        self._forget(app, sa.true())

    def _forget(self, app: str, which: "sa.ColumnElement[bool]") -> None:
        with self.database.begin() as connection:
            now = self.knowledge_clock.keep_scores(connection, app, which)
            none = {"engine": None, "score": None, "scored_at": now}
            connection.execute(sa.update(T).where(T.c.app == app, which).values(none))
            hours = connection.execute(
                sa.select(schema.hourly.c.hour).where(schema.hourly.c.app == app).distinct()
            ).scalars()
            self.hourly.mark_dirty(connection, [(app, hour) for hour in hours])


def _is_rated(app: str) -> "sa.ColumnElement[bool]":
    return sa.and_(I.c.app == app, I.c.rating.is_not(None), I.c.text_hash.is_not(None))
