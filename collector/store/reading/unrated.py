"""What is said without stars: posts, comments, answers. Plain rows, for a million at once."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from collector.store import schema
from collector.store.reading.whole_text import SCORED_TEXT

T, S = schema.items, schema.scores
WITHOUT_STARS = schema.without_stars  # to the letter: else its index is not used


class Unrated(NamedTuple):
    """One of them. at: microseconds UTC; score: of its text, -1 to 1, None where it is not read."""

    at: int
    source: str
    author: str | None
    text: str | None
    text_hash: str | None
    score: float | None


def read(
    connection: sa.Connection,
    app: str,
    since: datetime | None,
    until: datetime | None,
    as_of: datetime | None,
) -> list[Unrated]:
    """Those of an app by time of publication; since and until inclusive, as_of as for `frame`."""
    query = (
        sa.select(
            sa.type_coerce(T.c.created_at, sa.BigInteger),
            T.c.source,
            T.c.author_key,
            SCORED_TEXT,
            T.c.text_hash,
            S.c.score,
        )
        .select_from(T.outerjoin(S, (S.c.app == T.c.app) & (S.c.text_hash == T.c.text_hash)))
        .where(T.c.app == app, WITHOUT_STARS, schema.counting(as_of))
        .order_by(T.c.created_at, T.c.id)
    )
    if since is not None:
        query = query.where(T.c.created_at >= since)
    limit = min((m for m in (until, as_of) if m is not None), default=None)
    if limit is not None:
        query = query.where(T.c.created_at <= limit)
    return [Unrated(*row) for row in connection.execute(query)]


def text_of(connection: sa.Connection, app: str, text_hash: str) -> str | None:
    """A text of an app by its hash; None where no item has it any more."""
    query = sa.select(SCORED_TEXT).where(
        T.c.app == app, T.c.text_hash == text_hash, SCORED_TEXT.is_not(None)
    )
    return connection.execute(query.limit(1)).scalar_one_or_none()


def newest(connection: sa.Connection, app: str) -> datetime | None:
    """When the newest of an app came; None without any."""
    query = sa.select(sa.func.max(T.c.created_at)).where(T.c.app == app, WITHOUT_STARS)
    return connection.execute(query).scalar_one_or_none()
