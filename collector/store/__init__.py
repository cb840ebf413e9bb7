"""The store: the only place with SQL. SQLite by default, PostgreSQL by address."""

from collector.store.records import Cursor, TextRow, WriteCounts
from collector.store.store import Store, open_store

__all__ = ["Cursor", "Store", "TextRow", "WriteCounts", "open_store"]
