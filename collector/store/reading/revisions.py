"""What items said before they were changed."""

import pandas as pd
import sqlalchemy as sa

from collector import record_frames
from collector.records import Revision
from collector.store import schema
from collector.store.columns import UtcTime
from collector.store.database import Database
from collector.store.query_frames import read_frame

T = schema.items.c


class Revisions:
    """Every version of an item but the one that stands."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def frame(self, app: str) -> pd.DataFrame:
        """All earlier versions of an app's items, in the order of the changes; columns of Revision.

        Replies that were changed are no version; as_of.py knows them.
        """
        following = sa.func.lead(T.created_at).over(
            partition_by=(T.source, T.item_id), order_by=(T.created_at, T.id)
        )
        every = sa.select(
            *(T[n] for n in record_frames.names(Revision) if n != "replaced_at"),
            T.id,
            sa.type_coerce(following, UtcTime).label("replaced_at"),
        ).where(T.app == app)
        v = every.subquery().c
        query = (
            sa.select(*(v[n] for n in record_frames.names(Revision)))
            .where(v.replaced_at.is_not(None))
            .order_by(v.replaced_at, v.id)
        )
        with self.database.connect() as connection:
            return read_frame(connection, query, Revision)
