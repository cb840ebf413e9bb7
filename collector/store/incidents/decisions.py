"""What people decided about incidents, and their notes: kept for good, in the order of making."""

import pandas as pd
import sqlalchemy as sa

from collector import record_frames
from collector.records import StoredDecision
from collector.store import schema
from collector.store.database import Database
from collector.store.query_frames import read_frame

T = schema.annotations
COLUMNS = record_frames.names(StoredDecision)


class Decisions:
    """People's decisions and notes; nothing takes one back but a later one."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def add(self, decision: StoredDecision) -> None:
        """Keeps a decision or note."""
        values = {name: getattr(decision, name) for name in COLUMNS}
        with self.database.begin() as connection:
            connection.execute(sa.insert(T), [values])

    def frame(self, app: str) -> pd.DataFrame:
        """An app's decisions and notes in order of the moment that they are about."""
        query = sa.select(*(T.c[n] for n in COLUMNS)).where(T.c.app == app)
        query = query.order_by(T.c.at, *T.primary_key.columns)
        with self.database.connect() as connection:
            return read_frame(connection, query, StoredDecision)
