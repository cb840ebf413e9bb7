"""Items: write (upsert with history), remove, forget. Reading is in item_reads.py."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from collector import record_frames as tables
from collector.records import Item
from collector.store import schema
from collector.store.analysis_state.sentiment_scores import Scores
from collector.store.as_known.knowledge_clock import KnowledgeClock
from collector.store.counts.hourly import Hourly
from collector.store.database import Database
from collector.store.erasing.erasure import Erasure
from collector.store.erasing.forgotten import Graves
from collector.store.polls.cursors import Cursors
from collector.store.reading import search
from collector.store.reading.item_reads import ItemReads
from collector.store.records import Cursor, WriteCounts
from collector.times import HOUR_US, from_us

LOOKUP = 500  # ids in one IN list; SQLite's oldest limit is 999 variables
COLUMNS = tables.names(Item)
BUT_LAST_SEEN = [name for name in COLUMNS if name != "last_seen"]
KEPT_WHEN_MISSING = ("author_key", "updated_at", "version", "country", "lang", "thumbs_up", "url")

Key = tuple[str, str, str]


def content_hash(item: Any) -> str:
    """Hash of what an edit can change: stars, title, text, version, reply."""
    parts = (item.rating, item.title, item.text, item.version, item.reply_text)
    return _hash("\x1f".join("\x00" if part is None else str(part) for part in parts))


def text_hash(item: Any) -> str | None:
    """Hash of the text that is scored: the text, or the title where there is no text."""
    scored = item.text or item.title
    return _hash(scored) if scored else None


def is_expired(row: Any) -> bool:
    """Whether a stored row lost its texts to retention: its hash is still that of the whole.

    What the platform removed and shows again is read anew.
    """
    no_text = row.text is None and row.title is None and row.reply_text is None
    return no_text and row.removed_at is None and content_hash(row) != row.content_hash


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


class Items(ItemReads):
    """The items of the store."""

    def __init__(
        self,
        database: Database,
        *,
        knowledge_clock: KnowledgeClock,
        hourly: Hourly,
        scores: Scores,
        cursors: Cursors,
        graves: Graves,
        erasure: Erasure,
    ) -> None:
        super().__init__(database)
        self.knowledge_clock = knowledge_clock
        self.hourly = hourly
        self.scores = scores
        self.cursors = cursors
        self.graves = graves
        self.erasure = erasure

    def write(
        self,
        items: Sequence[Item],
        *,
        how: Literal["poll", "import"],
        cursor: Cursor | None = None,
    ) -> WriteCounts:
        """Adds new items and updates known ones, in one transaction with the cursor.

        Key: (app, source, item_id). Changed content moves the old one to the revisions. With
        how="import", content that is older than the stored one, or equal to a known revision, does
        not replace it, so that importing a file twice changes nothing. Forgotten items stay out.
        """
        counts = WriteCounts()
        if not items and cursor is None:
            return counts
        with self.database.begin() as connection:
            moments = self.knowledge_clock.new(connection, {item.app for item in items})
            for part in _without_repeats(items):
                counts += self._write_part(connection, part, how, moments)
            if cursor is not None:
                self.cursors.put(connection, cursor)
        return counts

    def mark_gone(
        self,
        app: str,
        source: str,
        *,
        walked_from: datetime,
        not_seen_since: datetime,
        at: datetime,
        country: str | None = None,
        lang: str | None = None,
    ) -> int:
        """Marks what a complete walk back to `walked_from` no longer had; returns how many."""
        t = schema.items
        gone = [
            t.c.app == app,
            t.c.source == source,
            t.c.created_at >= walked_from,
            t.c.last_seen < not_seen_since,
            t.c.removed_at.is_(None),
        ]
        gone += [t.c[n] == v for n, v in (("country", country), ("lang", lang)) if v is not None]
        where = sa.and_(*gone)
        with self.database.begin() as connection:
            self.knowledge_clock.keep_items_where(connection, app, where)
            return connection.execute(sa.update(t).where(where).values(removed_at=at)).rowcount

    def forget(
        self,
        *,
        item: str | None = None,
        author_of: str | None = None,
        older_than: datetime | None = None,
        app: str | None = None,
        source: str | None = None,
        kind: str | None = None,
    ) -> int:
        """Removes items for good, with their revisions and scores; returns how many.

        item, author_of: an item_id. What is forgotten by item or author leaves a keyed hash behind,
        so that a later poll or import does not bring it back; an item of which app and source are
        given does so even where it is not stored. older_than removes by age.
        """
        t = schema.items
        where = [t.c[n] == v for n, v in (("app", app), ("source", source), ("kind", kind)) if v]
        with self.database.begin() as connection:
            if older_than is not None:
                return self._erase(connection, [*where, t.c.created_at < older_than])
            matched = connection.execute(
                sa.select(t.c.app, t.c.source, t.c.item_id, t.c.author_key).where(
                    *where, t.c.item_id == (item if item is not None else author_of)
                )
            ).all()
            graves = self.graves
            if author_of is None:
                if app is not None and source is not None:
                    graves.bury_id(connection, app, source, item or "")
                one = [*where, t.c.item_id == item]
                graves.bury_items(connection, one)
                return self._erase(connection, one)
            removed = 0
            for key in {row.author_key for row in matched if row.author_key}:
                graves.bury_author(connection, key)
                graves.bury_items(connection, [t.c.author_key == key])
                removed += self._erase(connection, [t.c.author_key == key])
            return removed

    def _write_part(
        self,
        connection: sa.Connection,
        items: Sequence[Item],
        how: str,
        moments: dict[str, datetime],
    ) -> WriteCounts:
        known = self._known(connection, items)
        allowed = self.graves.allowed(connection, items, how, known)
        new: list[dict[str, Any]] = []
        updates: list[dict[str, Any]] = []
        old_contents: list[dict[str, Any]] = []
        touched: list[Item] = []
        seen_again: dict[datetime, list[int]] = {}
        changed = unchanged = 0
        for item in allowed:
            row = known.get((item.app, item.source, item.item_id))
            if row is None:
                new.append({**_values(item), "stored_at": moments[item.app]})
                touched.append(item)
                continue
            if is_expired(row) and content_hash(item) == row.content_hash:
                unchanged += 1
                seen_again.setdefault(max(item.last_seen, row.last_seen), []).append(row.id)
                continue
            merged, moment = _merge(item, row), moments[item.app]
            same = content_hash(merged) == row.content_hash
            if not same and how == "import" and self._is_older(connection, merged, row):
                merged, same = _keep_content(merged, row), True
                if content_hash(item) not in self._revision_hashes(connection, row):
                    old_contents.append(_revision(item, _stamp(row)))
                    touched.append(item)
                    changed += 1
                    updates.append({**_values(merged), "row_id": row.id})
                    continue
            if same:
                unchanged += 1
                if all(getattr(merged, name) == getattr(row, name) for name in BUT_LAST_SEEN):
                    seen_again.setdefault(merged.last_seen, []).append(row.id)
                    continue
                if merged.created_at != row.created_at:
                    touched += [merged, replace(merged, created_at=row.created_at)]
            else:
                changed += 1
                seen_at = item.last_seen if how == "poll" else None
                old = _revision(row, _replaced_at(item, row), seen_at)
                old_contents.append({**old, "text_hash": row.text_hash, "stored_at": moment})
                touched += [merged, replace(merged, created_at=row.created_at)]
            updates.append({**_values(merged), "row_id": row.id})
        rows = {row.id: row for row in known.values()}
        others = [
            rows[u["row_id"]]
            for u in updates
            if any(u[name] != getattr(rows[u["row_id"]], name) for name in schema.PAST)
        ]
        self.knowledge_clock.keep_items(connection, others, moments)
        self._apply(connection, new, updates, old_contents)
        self._touch(connection, seen_again)
        self._mark_dirty(connection, touched)
        return WriteCounts(len(new), changed, unchanged, len(items) - len(allowed))

    def _touch(self, connection: sa.Connection, seen_again: dict[datetime, list[int]]) -> None:
        """Moves only `last_seen`: most of what a poll reads is known and as it was."""
        t = schema.items
        for moment, ids in seen_again.items():
            for start in range(0, len(ids), LOOKUP):
                these = t.c.id.in_(ids[start : start + LOOKUP])
                connection.execute(sa.update(t).where(these).values(last_seen=moment))

    def _apply(
        self,
        connection: sa.Connection,
        new: list[dict[str, Any]],
        updates: list[dict[str, Any]],
        old_contents: list[dict[str, Any]],
    ) -> None:
        t = schema.items
        if new:
            connection.execute(sa.insert(t), new)
        if old_contents:
            connection.execute(sa.insert(schema.revisions), old_contents)
        if updates:
            settable = (*COLUMNS, "content_hash", "text_hash", "search_text", "text_length")
            connection.execute(
                sa.update(t)
                .where(t.c.id == sa.bindparam("row_id"))
                .values({n: sa.bindparam(n) for n in settable}),
                updates,
            )

    def _known(self, connection: sa.Connection, items: Sequence[Item]) -> dict[Key, Any]:
        t = schema.items
        found: dict[Key, Any] = {}
        for app, source in {(item.app, item.source) for item in items}:
            ids = [i.item_id for i in items if (i.app, i.source) == (app, source)]
            for start in range(0, len(ids), LOOKUP):
                query = sa.select(t).where(
                    t.c.app == app,
                    t.c.source == source,
                    t.c.item_id.in_(ids[start : start + LOOKUP]),
                )
                for row in connection.execute(query):
                    found[app, source, row.item_id] = row
        return found

    def erase_where(self, connection: sa.Connection, where: list[Any]) -> int:
        """Takes items out with their past and their scores, and leaves no mark against them."""
        return self._erase(connection, where)

    def _erase(self, connection: sa.Connection, where: list[Any]) -> int:
        t, r, s = schema.items, schema.revisions, schema.scores
        hours = connection.execute(
            sa.select(t.c.app, sa.type_coerce(t.c.created_at, sa.BigInteger) // HOUR_US)
            .where(*where)
            .distinct()
        ).all()
        first = connection.execute(sa.select(sa.func.min(t.c.created_at)).where(*where)).scalar()
        gone = sa.exists().where(
            r.c.app == t.c.app, r.c.source == t.c.source, r.c.item_id == t.c.item_id, *where
        )
        connection.execute(sa.delete(r).where(gone))
        c = schema.item_changes
        connection.execute(sa.delete(c).where(c.c.item.in_(sa.select(t.c.id).where(*where))))
        removed = connection.execute(sa.delete(t).where(*where)).rowcount
        for app in {row[0] for row in hours}:
            left = sa.exists().where(t.c.app == s.c.app, t.c.text_hash == s.c.text_hash)
            before = sa.exists().where(r.c.app == s.c.app, r.c.text_hash == s.c.text_hash)
            connection.execute(sa.delete(s).where(s.c.app == app, ~left, ~before))
            past = schema.score_changes.c
            kept = sa.exists().where(s.c.app == past.app, s.c.text_hash == past.text_hash)
            connection.execute(sa.delete(schema.score_changes).where(past.app == app, ~kept))
        self.hourly.mark_dirty(connection, [(app, from_us(hour * HOUR_US)) for app, hour in hours])
        if first is not None:
            self.erasure.note(connection, {row[0] for row in hours})
            self.erasure.drop_models(connection, learned_after=first)
        return removed

    def _revision_hashes(self, connection: sa.Connection, row: Any) -> set[str]:
        r = schema.revisions
        query = sa.select(r.c.content_hash).where(
            r.c.app == row.app, r.c.source == row.source, r.c.item_id == row.item_id
        )
        return set(connection.execute(query).scalars())

    def _is_older(self, connection: sa.Connection, item: Item, row: Any) -> bool:
        """Whether imported content is history: dated before the stored one, or known as old."""
        return _stamp(item) < _stamp(row) or content_hash(item) in self._revision_hashes(
            connection, row
        )

    def _mark_dirty(self, connection: sa.Connection, touched: Iterable[Item]) -> None:
        touched = list(touched)
        self.hourly.mark_dirty(connection, [(i.app, i.created_at) for i in touched])
        self.scores.expect(
            connection,
            [(i.app, h, i.created_at) for i in touched if (h := text_hash(i)) is not None],
        )


def _without_repeats(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Splits a batch so that no part has the same key twice; order is kept."""
    part: dict[Key, Item] = {}
    for item in items:
        key = (item.app, item.source, item.item_id)
        if key in part:
            yield list(part.values())
            part = {}
        part[key] = item
    if part:
        yield list(part.values())


def _values(item: Item) -> dict[str, Any]:
    values = {name: getattr(item, name) for name in COLUMNS}
    return {
        **values,
        "content_hash": content_hash(item),
        "text_hash": text_hash(item),
        "search_text": search.search_text(item.title, item.text),
        "text_length": len(item.text or ""),
    }


def _merge(item: Item, row: Any) -> Item:
    """The item as it will be stored: the newer content, the older first sight."""
    created = min(item.created_at, row.created_at)
    kept = {n: getattr(row, n) for n in KEPT_WHEN_MISSING if getattr(item, n) is None}
    if item.updated_at is None and item.created_at > row.created_at:
        kept["updated_at"] = (
            item.created_at if content_hash(item) != row.content_hash else row.updated_at
        )
    return replace(
        item,
        **kept,
        created_at=created,
        arrived_at=min(item.arrived_at, row.arrived_at),
        first_seen=min(item.first_seen, row.first_seen),
        last_seen=max(item.last_seen, row.last_seen),
    )


def _keep_content(item: Item, row: Any) -> Item:
    names = (
        "rating", "rating_given", "title", "text", "version", "reply_text", "reply_at",
        "updated_at",
    )  # fmt: skip
    return replace(item, **{n: getattr(row, n) for n in names})


def _stamp(item: Any) -> datetime:
    moment: datetime = item.updated_at or item.created_at
    return moment


def _replaced_at(item: Item, row: Any) -> datetime:
    return _stamp(item) if _stamp(item) > _stamp(row) else item.last_seen


def _revision(
    content: Any, replaced_at: datetime, seen_at: datetime | None = None
) -> dict[str, Any]:
    names = ("app", "source", "item_id", "rating", "title", "text", "version", "reply_text")
    values = {n: getattr(content, n) for n in names}
    made = {"replaced_at": replaced_at, "content_hash": content_hash(content), "seen_at": seen_at}
    return {**values, **made, "text_hash": text_hash(content), "stored_at": None}
