"""Reviews of the other apps in the store: what people write anyway, as a reference for phrases."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa

from collector.store import schema
from collector.store.apps import Apps
from collector.store.database import Database

T = schema.items
COLUMNS = ("app", "lang", "title", "text")
MOST_APPS = 40
MOST_REVIEWS = 4_000
LOOKUP = 1_000  # accounts asked for at once


class OtherApps:
    """What the store has of the apps beside one."""

    def __init__(self, database: Database, apps: Apps) -> None:
        self.database = database
        self.apps = apps

    def accounts(
        self, app: str, keys: Iterable[str], since: datetime, until: datetime, as_of: datetime
    ) -> frozenset[str] | None:
        """Which of these accounts rated another app in this span, both ends included, as the store
        stood at a moment; None: there is no other app."""
        every = self.apps.keys()
        if all(key == app for key in every):
            return None
        wanted, found = sorted(set(keys)), set[str]()
        near = (T.c.created_at >= since, T.c.created_at <= min(until, as_of))
        rated = (T.c.app != app, T.c.kind == "review", schema.counting(as_of), *near)
        with self.database.connect() as connection:
            for start in range(0, len(wanted), LOOKUP):
                one_of = T.c.author_key.in_(wanted[start : start + LOOKUP])
                query = sa.select(T.c.author_key).distinct().where(one_of, *rated)
                found.update(connection.execute(query).scalars())
        return frozenset(found)

    def reviews(
        self, app: str, until: datetime, stars: Sequence[int], as_of: datetime | None = None
    ) -> pd.DataFrame:
        """The newest reviews with these stars of up to 40 other apps, published before `until`.

        Columns app, lang, title, text, all text; at most 4,000 rows, as many of each app. as_of:
        those that stood then.
        """
        every = self.apps.keys()
        others = [key for key in every if key != app][:MOST_APPS]
        rows: list[Any] = []
        lowest, highest = min(stars) - 0.5, max(stars) + 0.5
        with self.database.connect() as connection:
            for other in others:
                query = (
                    sa.select(T.c.app, T.c.lang, T.c.title, T.c.text)
                    .where(T.c.app == other, T.c.kind == "review", T.c.created_at < until)
                    .where(schema.counting(as_of))
                    .where(T.c.rating >= lowest, T.c.rating < highest)
                    .order_by(T.c.created_at.desc(), T.c.id.desc())
                    .limit(MOST_REVIEWS // len(others))
                )
                rows += connection.execute(query).all()
        return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")
