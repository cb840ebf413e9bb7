"""An import taken back: what it brought goes, what it changed becomes what it was.

An import is known by the moment at which it began: items that were first seen then are its own,
and what it replaced stands in the revisions and changes since. What another import or a poll has
seen after it stays, since that brought it as well.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from collector.store import schema
from collector.store.content_hashes import text_hash
from collector.store.reading import search
from collector.store.writing.items import Items, Key

T, R, C = schema.items, schema.revisions, schema.item_changes
S = schema.import_samples
CONTENT = ("rating", "title", "text", "version", "reply_text", "content_hash", "text_hash")


@dataclass(frozen=True, slots=True)
class Undone:
    """removed: items that only this import brought. restored: items that it had changed. kept:
    items that it brought and that another run has seen since."""

    removed: int
    restored: int
    kept: int


def undo_import(items: Items, began: datetime) -> Undone:
    """Takes back the import that began at a moment, in one transaction."""
    own = [T.c.first_seen == began]
    with items.database.begin() as connection:
        around = _around(connection, own)
        restored = _restore(items, connection, began)
        kept = connection.execute(
            sa.select(sa.func.count()).select_from(T).where(*own, T.c.last_seen > began)
        ).scalar_one()
        erased = items.erase_where(connection, [*own, T.c.last_seen == began])
        changed = items.place_again(connection, around)
        connection.execute(sa.delete(S).where(S.c.imported_at == began))
    items.erasure.finish()
    return Undone(erased - len(changed), len(restored | changed), kept)


def _around(connection: sa.Connection, own: list[Any]) -> list[Key]:
    """The items of which the import brought a further version."""
    keys = (T.c.app, T.c.source, T.c.item_id)
    found = sa.select(*keys).where(*own, T.c.edition > 0).distinct()
    return [(row[0], row[1], row[2]) for row in connection.execute(found)]


def _restore(items: Items, connection: sa.Connection, began: datetime) -> set[Key]:
    """Gives items that the import changed what they said before; which these are."""
    changed = sa.and_(T.c.last_seen == began, T.c.first_seen < began)
    rows = {row.id: row for row in connection.execute(sa.select(T).where(changed))}
    before: dict[int, dict[str, Any]] = {}
    for number, change in _changes(connection, changed, began):
        before.setdefault(number, {n: getattr(change, n) for n in schema.PAST})
    for number, revision in _revisions(connection, changed, began):
        known = before.setdefault(number, {})
        if "content_hash" not in known:
            known |= {name: getattr(revision, name) for name in CONTENT}
            known["search_text"] = search.search_text(revision.title, revision.text)
            known["text_length"] = len(revision.text or "")
    for number, values in before.items():
        first = values.get("first_seen", rows[number].first_seen)
        connection.execute(sa.update(T).where(T.c.id == number).values(**values, last_seen=first))
    _drop_past(connection, rows.keys() & before.keys(), began)
    touched = [(rows[n].app, rows[n].created_at) for n in before]
    touched += [(rows[n].app, v["created_at"]) for n, v in before.items() if "created_at" in v]
    items.hourly.mark_dirty(connection, touched)
    items.scores.expect(connection, _texts(connection, before))
    if before:
        items.erasure.note(connection, {rows[number].app for number in before})
    return {(r.app, r.source, r.item_id) for r in (rows[number] for number in before)}


def _texts(connection: sa.Connection, before: dict[int, dict[str, Any]]) -> list[Any]:
    """The texts that are shown again, for the scores."""
    found = connection.execute(sa.select(T).where(T.c.id.in_(before))).all() if before else []
    return [(row.app, h, row.created_at) for row in found if (h := text_hash(row)) is not None]


def _changes(connection: sa.Connection, changed: Any, began: datetime) -> list[tuple[int, Any]]:
    query = sa.select(T.c.id.label("number"), C).join(C, C.c.item == T.c.id)
    rows = connection.execute(query.where(changed, C.c.stored_at >= began).order_by(C.c.id))
    return [(row.number, row) for row in rows]


def _revisions(connection: sa.Connection, changed: Any, began: datetime) -> list[tuple[int, Any]]:
    query = sa.select(T.c.id.label("number"), R).join(R, R.c.item == T.c.id)
    rows = connection.execute(query.where(changed, R.c.stored_at >= began).order_by(R.c.id))
    return [(row.number, row) for row in rows]


def _drop_past(connection: sa.Connection, numbers: Any, began: datetime) -> None:
    """What is said again is no past any more."""
    for number in numbers:
        connection.execute(sa.delete(R).where(R.c.item == number, R.c.stored_at >= began))
        connection.execute(sa.delete(C).where(C.c.item == number, C.c.stored_at >= began))
