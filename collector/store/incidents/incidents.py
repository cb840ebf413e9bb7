"""Incidents and the alarm log, kept as the JSON documents of the command line's contract."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from collector.store import schema
from collector.store.database import Database
from collector.times import from_us

Document = dict[str, Any]
# Fields that documents of earlier analyses lack, with what they would hold.
FIELDS_ADDED_LATER: Document = {
    "joined": [],
    "split_from": None,
    "coverage_basis": "polled",
    "detector": "count",
    "counts": None,
    "counted_until": None,
    "quiet_since": None,
    "changed_items": None,
    "higher_before": None,
    "lower_before": None,
    "repaired_by": None,
    "repairs": None,
    "removals": [],
    "as_of": None,
}
SETTLED = "alarms_settled"
"""Key in `meta`, with the app: microseconds until which the alarm log stays (migration 0014)."""
# What lists do without; it is nine tenths of a document.
DETAILS = ("evidence", "phrases", "reasons", "excerpts", "summary")


class Incidents:
    """Incidents and the alarm log."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def replace(
        self,
        app: str,
        incidents: Sequence[tuple[Document, str]],
        alarms: Sequence[Document],
        names: Mapping[str, str] | None = None,
    ) -> None:
        """Makes these (document, fingerprint) the app's incidents, and its alarm log; at once.

        names: ids by what their swings are known by, which stay given for good.
        """
        t, a = schema.incidents, schema.alarms
        rows = [
            {
                "id": document["id"],
                "app": app,
                **{n: _time(document[n]) for n in ("onset_at", "alarmed_at", "ended_at")},
                "fingerprint": fingerprint,
                "document": json.dumps(document),
                "listed": json.dumps({n: v for n, v in document.items() if n not in DETAILS}),
            }
            for document, fingerprint in incidents
        ]
        log = [
            {
                "app": app,
                "incident": alarm["incident"],
                "at": _time(alarm["at"]),
                "kind": alarm["kind"],
                "document": json.dumps(alarm),
            }
            for alarm in alarms
        ]
        with self.database.begin() as connection:
            connection.execute(sa.delete(t).where(t.c.app == app))
            connection.execute(sa.delete(a).where(a.c.app == app))
            if rows:
                connection.execute(sa.insert(t), rows)
            self.database.put_missing(connection, a, log)
            given = [{"app": app, "swing": s, "id": name} for s, name in (names or {}).items()]
            self.database.put_missing(connection, schema.incident_names, given)

    def documents(self, app: str | None = None) -> list[Document]:
        """Incidents, newest first."""
        return self._newest_first(schema.incidents.c.document, app)

    def listed(self, app: str | None = None) -> list[Document]:
        """Incidents without DETAILS, newest first: what lists and sums need."""
        return self._newest_first(schema.incidents.c.listed, app)

    def get(self, incident_id: str) -> Document | None:
        """One incident by its id, or the one that a person merged it into."""
        t = schema.incidents
        found = self._read(sa.select(t.c.document).where(t.c.id == incident_id))
        if found:
            return {**FIELDS_ADDED_LATER, **found[0]}
        merged = next((d["id"] for d in self.listed() if incident_id in d["joined"]), None)
        return None if merged is None else self.get(merged)

    def names(self, app: str) -> dict[str, str]:
        """The ids that were given so far, by what their swings are known by."""
        t = schema.incident_names.c
        with self.database.connect() as connection:
            rows = connection.execute(sa.select(t.swing, t.id).where(t.app == app))
            return {row.swing: row.id for row in rows}

    def fingerprints(self, app: str) -> dict[str, str]:
        """Incident id -> fingerprint of what it was made from."""
        t = schema.incidents
        with self.database.connect() as connection:
            rows = connection.execute(sa.select(t.c.id, t.c.fingerprint).where(t.c.app == app))
            return {row.id: row.fingerprint for row in rows}

    def settled_until(self, app: str) -> datetime | None:
        """Until when the alarm log stays as it is: kept versions became arrivals after that."""
        query = sa.select(schema.meta.c.value).where(schema.meta.c.key == f"{SETTLED}:{app}")
        with self.database.connect() as connection:
            found = connection.execute(query).scalar_one_or_none()
        return None if found is None else from_us(int(found))

    def alarms(self, app: str | None = None) -> list[Document]:
        """The alarm log, oldest first."""
        a = schema.alarms
        query = sa.select(a.c.document).order_by(a.c.at, a.c.incident)
        if app is not None:
            query = query.where(a.c.app == app)
        return self._read(query)

    def _newest_first(self, column: "sa.Column[str]", app: str | None) -> list[Document]:
        t = schema.incidents
        query = sa.select(column).order_by(t.c.onset_at.desc(), t.c.id)
        if app is not None:
            query = query.where(t.c.app == app)
        return [{**FIELDS_ADDED_LATER, **document} for document in self._read(query)]

    def _read(self, query: "sa.Select[Any]") -> list[Document]:
        with self.database.connect() as connection:
            return [json.loads(text) for text in connection.execute(query).scalars()]


def _time(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)
