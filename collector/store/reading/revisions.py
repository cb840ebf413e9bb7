"""What items said before they were edited."""

import pandas as pd
import sqlalchemy as sa

from collector import record_frames
from collector.records import Revision
from collector.store import schema
from collector.store.database import Database
from collector.store.query_frames import read_frame


class Revisions:
    """Earlier contents of edited items."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def frame(self, app: str) -> pd.DataFrame:
        """All revisions of an app, in the order of the edits; columns of Revision."""
        t = schema.revisions
        query = (
            sa.select(*(t.c[n] for n in record_frames.names(Revision)))
            .where(t.c.app == app)
            .order_by(t.c.replaced_at, t.c.id)
        )
        with self.database.connect() as connection:
            return read_frame(connection, query, Revision)
