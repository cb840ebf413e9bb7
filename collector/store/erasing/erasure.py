"""What is taken out leaves nothing behind: not in incidents, not in the search index, in no file.

Deleting is done in two steps. `note`, within the transaction that deletes: what was concluded from
the texts no longer quotes what no text says. `finish`, afterwards: the files are cleaned. Between
the two a note in the store says that it is still to be done, so that a run that is killed, or a
reader who holds the file, only puts it off.
"""

import json
import re
import secrets
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from collector.store import schema
from collector.store.database import Database
from collector.store.engine import explained
from collector.store.erasing import incident_quotes
from collector.store.reading import item_filter, search

T, N, M, META = schema.items, schema.incidents, schema.models, schema.meta
PENDING = "erasure"
"""Key in `meta`: a stamp while files are still to be cleaned."""
MERGED_PAGES = 2_000  # of the search index in one transaction, so that nobody waits long
HANGUL = re.compile("[가-힣]")
WAIT_MS = 5_000  # for readers of the write-ahead log
TABLES = ("items", "revisions", "item_changes", "incidents", "scores", "models", "meta")


class Erasure:
    """Cleans what deleting leaves behind. Safe to repeat and to interrupt."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def note(self, connection: sa.Connection, apps: Iterable[str]) -> None:
        """Says that texts of these apps were taken out, inside the transaction that does it."""
        for app in sorted(set(apps)):
            self._unquote(connection, app)
        row = {"key": PENDING, "value": secrets.token_hex(8)}
        self.database.put(connection, META, row)

    def drop_models(self, connection: sa.Connection, learned_after: datetime) -> None:
        """Takes out the star models that may have learned from a text; they are made again."""
        connection.execute(sa.delete(M).where(M.c.trained_until > learned_after))

    def pending(self) -> str | None:
        """The stamp of what is still to be cleaned; None: nothing."""
        query = sa.select(META.c.value).where(META.c.key == PENDING)
        with self.database.connect() as connection:
            stamp: str | None = connection.execute(query).scalar_one_or_none()
        return stamp

    def finish(self) -> str | None:
        """Cleans the files of what was noted; why not, where it must wait.

        SQLite: the search index is merged (it keeps deleted words in its older parts), the file is
        written anew (`secure_delete` leaves copies of rows that an edit had moved to another page),
        and the write-ahead log is emptied. PostgreSQL: VACUUM; see docs/collecting.md for what its
        own log and backups keep.
        """
        stamp = self.pending()
        if stamp is None:
            return None
        try:
            if self.database.is_sqlite:
                self._clean_file()
            else:
                self._vacuum_tables()
        except (sqlite3.OperationalError, sa.exc.OperationalError) as error:
            return str(getattr(error, "orig", error)).strip()
        done = sa.delete(META).where(META.c.key == PENDING, META.c.value == stamp)
        with self.database.begin() as connection:
            connection.execute(done)
        return None

    def _unquote(self, connection: sa.Connection, app: str) -> None:
        """Takes out of an app's incidents what no text that is kept says any more."""
        held: dict[str, bool] = {}
        rows = connection.execute(sa.select(N.c.id, N.c.document, N.c.listed).where(N.c.app == app))
        for row in rows.all():
            document = json.loads(row.document)
            for term in incident_quotes.terms(document) - held.keys():
                held[term] = self._is_kept(connection, app, term)
            gone = {term for term in incident_quotes.terms(document) if not held[term]}
            if gone:
                new = {
                    "document": json.dumps(incident_quotes.without(document, gone)),
                    "listed": json.dumps(incident_quotes.without(json.loads(row.listed), gone)),
                }
                connection.execute(sa.update(N).where(N.c.id == row.id).values(new))

    def _is_kept(self, connection: sa.Connection, app: str, term: str) -> bool:
        """Whether an item of the app still says it; a word may go on."""
        said = tuple(search.words(term))
        if not said:
            return True
        terms = [search.Term(said, prefix=True)]
        found = item_filter.found_ids(terms, sqlite=self.database.is_sqlite)
        query = sa.select(T.c.id).where(T.c.app == app, T.c.id.in_(found)).limit(1)
        if connection.execute(query).first() is not None:
            return True
        # Korean words are read whether or not there is a blank between them.
        query = sa.select(T.c.id).where(T.c.app == app, _run_together(term)).limit(1)
        return bool(HANGUL.search(term)) and connection.execute(query).first() is not None

    def _clean_file(self) -> None:
        with explained(self.database.engine.url):
            pooled = self.database.engine.raw_connection()
        try:
            driver: Any = pooled.driver_connection
            driver.execute(f"PRAGMA busy_timeout = {WAIT_MS}")
            _merge_words(driver)
            driver.execute("PRAGMA temp_store = FILE")  # in memory it would need the store's size
            driver.execute("VACUUM")
            (busy, *_) = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy:
                raise sqlite3.OperationalError("another process is reading the store")
        finally:
            pooled.invalidate()  # a later one has its own settings again
            pooled.close()

    def _vacuum_tables(self) -> None:
        options = {"isolation_level": "AUTOCOMMIT"}
        with self.database.engine.connect().execution_options(**options) as connection:
            for table in TABLES:
                connection.exec_driver_sql(f"VACUUM {table}")


def _merge_words(driver: Any) -> None:
    """Brings the search index into one part, a bounded piece of it in each transaction."""
    merge = f"INSERT INTO item_words(item_words, rank) VALUES ('merge', {-MERGED_PAGES})"  # noqa: S608
    while True:
        before = driver.total_changes
        driver.execute(merge)
        if driver.total_changes - before < 2:  # as FTS5 says that there is nothing left to do
            return


def _run_together(term: str) -> sa.ColumnElement[bool]:
    """Whether a row's words hold a term, blanks left out of both."""
    words = sa.func.coalesce(T.c.title, "").concat(sa.func.coalesce(T.c.text, ""))
    return sa.func.replace(words, " ", "").contains(term.replace(" ", ""), autoescape=True)
