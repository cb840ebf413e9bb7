"""Items: write (upsert with history), remove, forget. Reading is in item_reads.py."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from collector.privacy import protect
from collector.records import Item
from collector.store import schema
from collector.store.analysis_state.sentiment_scores import Scores
from collector.store.as_known.knowledge_clock import KnowledgeClock
from collector.store.counts.hourly import Hourly
from collector.store.database import Database
from collector.store.erasing.erasure import Erasure
from collector.store.erasing.forgotten import Graves
from collector.store.erasing.quotations import Quotations
from collector.store.polls.cursors import Cursors
from collector.store.reading.item_reads import ItemReads
from collector.store.records import Cursor, WriteCounts
from collector.store.writing import item_versions
from collector.store.writing.item_versions import COLUMNS, Outcome
from collector.text.post_texts import opaque_id
from collector.times import HOUR_US, from_us

LOOKUP = 500  # ids in one IN list; SQLite's oldest limit is 999 variables
SETTABLE = (
    *COLUMNS, "content_hash", "text_hash", "search_text", "text_length", "counts", "gave_way_at"
)  # fmt: skip

PAST = frozenset(schema.PAST)
Key = tuple[str, str, str]


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
        self.quotations = Quotations(database)

    def write(
        self,
        items: Sequence[Item],
        *,
        how: Literal["poll", "import"],
        cursor: Cursor | None = None,
    ) -> WriteCounts:
        """Adds new items and what known ones say now, in one transaction with the cursor.

        Key: (app, source, item_id). Other words or stars are a further version at the time of the
        change; the versions before stay as they are. With how="import" a version takes its place by
        its time, so that importing a file twice changes nothing. Forgotten items stay out.
        """
        counts = WriteCounts()
        if not items and cursor is None:
            return counts
        with self.database.begin() as connection:
            moments = self.knowledge_clock.new(connection, {item.app for item in items})
            if how == "import":
                items = sorted(items, key=item_versions.said_at)
            for part in _without_repeats(items):
                counts += self._write_part(connection, part, how, moments)
            if cursor is not None:
                self.cursors.put(connection, cursor)
        return counts

    def _forget_before(
        self, connection: sa.Connection, where: Sequence[Any], older_than: datetime
    ) -> None:
        """Later opinions of what was forgotten tell no more of when and how it was before."""
        t, c = schema.items, schema.item_changes
        nothing = {"written_at": None, "rating_before": None}
        left = sa.select(t.c.id).where(*where, t.c.written_at < older_than)
        rows = connection.execute(
            sa.select(t.c.app, t.c.created_at).where(*where, t.c.written_at < older_than)
        )
        self.hourly.mark_dirty(connection, [(row.app, row.created_at) for row in rows])
        connection.execute(sa.update(c).where(c.c.item.in_(left)).values(nothing))
        later = sa.update(t).where(*where, t.c.written_at < older_than)
        connection.execute(later.values(nothing))

    def known(self, items: Sequence[Item]) -> set[Key]:
        """Which of these items the store has."""
        with self.database.connect() as connection:
            return set(self._known(connection, items))

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
        """Marks what a complete walk back to `walked_from` no longer had, with all its versions;
        returns how many items."""
        t = schema.items
        gone = [
            t.c.app == app,
            t.c.source == source,
            t.c.created_at >= walked_from,
            t.c.removed_at.is_(None),
        ]
        gone += [t.c[n] == v for n, v in (("country", country), ("lang", lang)) if v is not None]
        last = sa.func.max(t.c.last_seen)  # of its versions only the newest is seen again
        ids = sa.select(t.c.item_id).where(*gone).group_by(t.c.item_id)
        ids = ids.having(last < not_seen_since)
        where = sa.and_(
            t.c.app == app, t.c.source == source, t.c.removed_at.is_(None), t.c.item_id.in_(ids)
        )
        with self.database.begin() as connection:
            every = sa.func.count(t.c.item_id.distinct())
            items = connection.execute(sa.select(every).where(where)).scalar_one()
            if items:
                self.knowledge_clock.keep_items_where(connection, app, where)
                connection.execute(sa.update(t).where(where).values(removed_at=at))
            return int(items)

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

        item, author_of: an item_id, as the source gives it or as it is kept. What is forgotten by
        item or author leaves a keyed hash behind, so that a later poll or import does not bring it
        back; an item of which app and source are given does so even where it is not stored.
        older_than removes by age. app narrows all of it.
        """
        t = schema.items
        where = [t.c[n] == v for n, v in (("app", app), ("source", source), ("kind", kind)) if v]
        with self.database.begin() as connection:
            if older_than is not None:
                erased = self._erase(connection, [*where, t.c.created_at < older_than])
                self._forget_before(connection, where, older_than)
                return erased
            if author_of is not None:
                return self._forget_authors(
                    connection, self._authors_of(connection, where, author_of), app
                )
            named = self._kept_as(item or "")
            if app is not None and source is not None:
                for each in named:
                    self.graves.bury_id(connection, app, source, each)
            one = [*where, t.c.item_id.in_(named)]
            return self._bury(connection, one, app)

    def by_author_of(self, item: str, app: str | None = None) -> dict[str, int]:
        """How many items there are of an item's author, by app."""
        t = schema.items
        narrowed = [] if app is None else [t.c.app == app]
        with self.database.connect() as connection:
            authors = self._authors_of(connection, narrowed, item)
            query = (
                sa.select(t.c.app, sa.func.count())
                .where(t.c.author_key.in_(authors), *narrowed)
                .group_by(t.c.app)
                .order_by(t.c.app)
            )
            return {row[0]: row[1] for row in connection.execute(query)}

    def _authors_of(self, connection: sa.Connection, where: list[Any], item: str) -> list[str]:
        t = schema.items
        query = sa.select(t.c.author_key).where(
            *where, t.c.item_id.in_(self._kept_as(item)), t.c.author_key.is_not(None)
        )
        return sorted(set(connection.execute(query).scalars()))

    def _forget_authors(
        self, connection: sa.Connection, authors: list[str], app: str | None
    ) -> int:
        t = schema.items
        removed = 0
        for key in authors:
            theirs = [t.c.author_key == key, *([] if app is None else [t.c.app == app])]
            self.graves.bury_author(connection, key, app)
            removed += self._bury(connection, theirs, app)
        return removed

    def _kept_as(self, item: str) -> list[str]:
        """An id as it may stand in the store: addresses and accounts are kept as digests."""
        forms = [item, opaque_id(item), protect.kept_id(self.database.secret, item)]
        return list(dict.fromkeys(forms))

    def _bury(self, connection: sa.Connection, where: list[Any], app: str | None) -> int:
        """Takes items out for good, also where other posts, of one app or of all, quote them."""
        said = self.quotations.said(connection, where)
        self.graves.bury_items(connection, where)
        self.graves.bury_words(connection, said, app)
        erased = self._erase(connection, where)
        changed = self.quotations.take_out(connection, said, app)
        self._mark_dirty(
            connection, [(row.app, row.created_at, new["text_hash"]) for row, new in changed]
        )
        for each in {row.app for row, _ in changed}:
            self._drop_scores(connection, each)
        if changed:
            self.erasure.note(connection, {row.app for row, _ in changed})
        return erased

    def _write_part(
        self,
        connection: sa.Connection,
        items: Sequence[Item],
        how: str,
        moments: dict[str, datetime],
    ) -> WriteCounts:
        known = self._known(connection, items)
        allowed = self.graves.allowed(connection, items, how, known)
        counts = WriteCounts(refused=len(items) - len(allowed))
        new: list[dict[str, Any]] = []
        outcomes: list[Outcome] = []
        touched: list[tuple[str, datetime, str | None]] = []
        for item in allowed:
            rows = known.get((item.app, item.source, item.item_id))
            if rows is None:
                row = item_versions.first(item) | {"stored_at": moments[item.app]}
                new.append(row)
                touched.append((item.app, row["created_at"], row["text_hash"]))
                counts += WriteCounts(new=1)
                continue
            out = item_versions.take(item, rows, how)
            outcomes.append(out)
            touched += [(item.app, at, hashed) for at, hashed in out.touched]
            counts += WriteCounts(changed=out.changed, unchanged=not out.changed)
            new += [one | {"stored_at": moments[item.app]} for one in out.inserts]
        rows_by_id = {row.id: row for found in known.values() for row in found}
        self._update(connection, outcomes, rows_by_id, how, moments)
        if new:
            connection.execute(sa.insert(schema.items), new)
        self._touch(connection, outcomes)
        self._mark_dirty(connection, touched)
        return counts

    def _update(
        self,
        connection: sa.Connection,
        outcomes: Sequence[Outcome],
        rows: dict[int, Any],
        how: str,
        moments: dict[str, datetime],
    ) -> None:
        """Changes rows, and keeps what they said before."""
        changes = {
            n: new | {"last_seen": o.last_seen} for o in outcomes for n, new in o.updates.items()
        }
        if not changes:
            return
        others = [rows[n] for n, new in changes.items() if not PAST.isdisjoint(new)]
        self.knowledge_clock.keep_items(connection, others, moments)
        said = [
            item_versions.revision(rows[n], o.item, how, moments[o.item.app])
            for o in outcomes
            for n in o.reworded
        ]
        if said:
            connection.execute(sa.insert(schema.revisions), said)
        t = schema.items
        connection.execute(
            sa.update(t)
            .where(t.c.id == sa.bindparam("row_id"))
            .values({n: sa.bindparam(n) for n in SETTABLE}),
            [
                {n: new.get(n, getattr(rows[number], n)) for n in SETTABLE} | {"row_id": number}
                for number, new in changes.items()
            ],
        )

    def _touch(self, connection: sa.Connection, outcomes: Sequence[Outcome]) -> None:
        """Moves only `last_seen`: most of what a poll reads is known and as it was."""
        t = schema.items
        seen: dict[datetime, list[int]] = {}
        for out in outcomes:
            if out.seen:
                seen.setdefault(out.last_seen, []).extend(out.seen)
        for moment, ids in seen.items():
            for start in range(0, len(ids), LOOKUP):
                these = t.c.id.in_(ids[start : start + LOOKUP])
                connection.execute(sa.update(t).where(these).values(last_seen=moment))

    def _known(self, connection: sa.Connection, items: Sequence[Item]) -> dict[Key, list[Any]]:
        """The versions of each item, in order of time."""
        t = schema.items
        found: dict[Key, list[Any]] = {}
        for app, source in {(item.app, item.source) for item in items}:
            ids = [i.item_id for i in items if (i.app, i.source) == (app, source)]
            for start in range(0, len(ids), LOOKUP):
                query = sa.select(t).where(
                    t.c.app == app,
                    t.c.source == source,
                    t.c.item_id.in_(ids[start : start + LOOKUP]),
                )
                for row in connection.execute(query):
                    found.setdefault((app, source, row.item_id), []).append(row)
        for rows in found.values():
            if len(rows) > 1:
                rows.sort(key=item_versions.order)
        return found

    def erase_where(self, connection: sa.Connection, where: list[Any]) -> int:
        """Takes items out with their past and their scores, and leaves no mark against them."""
        return self._erase(connection, where)

    def _erase(self, connection: sa.Connection, where: list[Any]) -> int:
        t, r = schema.items, schema.revisions
        hours = connection.execute(
            sa.select(t.c.app, sa.type_coerce(t.c.created_at, sa.BigInteger) // HOUR_US)
            .where(*where)
            .distinct()
        ).all()
        first = connection.execute(sa.select(sa.func.min(t.c.created_at)).where(*where)).scalar()
        connection.execute(sa.delete(r).where(r.c.item.in_(sa.select(t.c.id).where(*where))))
        c = schema.item_changes
        connection.execute(sa.delete(c).where(c.c.item.in_(sa.select(t.c.id).where(*where))))
        keys = sa.select(t.c.app, t.c.source, t.c.item_id).where(*where).distinct().subquery()
        removed: int = connection.execute(sa.select(sa.func.count()).select_from(keys)).scalar_one()
        connection.execute(sa.delete(t).where(*where))
        for app in {row[0] for row in hours}:
            self._drop_scores(connection, app)
        self.hourly.mark_dirty(connection, [(app, from_us(hour * HOUR_US)) for app, hour in hours])
        if first is not None:
            self.erasure.note(connection, {row[0] for row in hours})
            self.erasure.drop_models(connection, learned_after=first)
        return removed

    def _drop_scores(self, connection: sa.Connection, app: str) -> None:
        """Takes out the scores of texts that no item says, now or before."""
        t, r, s = schema.items, schema.revisions, schema.scores
        left = sa.exists().where(t.c.app == s.c.app, t.c.text_hash == s.c.text_hash)
        before = sa.exists().where(r.c.app == s.c.app, r.c.text_hash == s.c.text_hash)
        connection.execute(sa.delete(s).where(s.c.app == app, ~left, ~before))
        past = schema.score_changes.c
        kept = sa.exists().where(s.c.app == past.app, s.c.text_hash == past.text_hash)
        connection.execute(sa.delete(schema.score_changes).where(past.app == app, ~kept))

    def place_again(self, connection: sa.Connection, keys: Sequence[Key]) -> set[Key]:
        """Finds the places of what is left of these items' versions; the items of which any is."""
        t = schema.items
        left: set[Key] = set()
        for app, source, item_id in keys:
            mine = (t.c.app == app, t.c.source == source, t.c.item_id == item_id)
            rows = connection.execute(sa.select(t).where(*mine)).all()
            for number, changed in item_versions.placed(rows).items():
                connection.execute(sa.update(t).where(t.c.id == number).values(changed))
            self._mark_dirty(connection, [(app, r.created_at, r.text_hash) for r in rows])
            left |= {(r.app, r.source, r.item_id) for r in rows}
        return left

    def _mark_dirty(
        self, connection: sa.Connection, touched: Sequence[tuple[str, datetime, str | None]]
    ) -> None:
        self.hourly.mark_dirty(connection, [(app, at) for app, at, _ in touched])
        self.scores.expect(connection, [(app, h, at) for app, at, h in touched if h is not None])


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
